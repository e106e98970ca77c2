package io.millrace.server.access;

import static io.millrace.server.access.TestPrincipals.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.access.Credential;
import io.millrace.core.access.Credential.Kind;
import io.millrace.core.access.OidcIdentity;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.PrincipalStore.Change;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** What is kept of callers, on a real PostgreSQL: expiry, first users, and callers at the same time. */
class SqlAccessIT {
    private static final PrincipalName ADMIN = new PrincipalName("admin");

    /** Making one costs as much as a password does. */
    private static final Passwords PASSWORDS = new Passwords();

    private final TestClock clock = new TestClock();
    private Jdbi jdbi;
    private SqlPrincipalStore principals;
    private SqlCredentialStore credentials;
    private Setup setup;

    @BeforeEach
    void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
        principals = new SqlPrincipalStore(jdbi);
        credentials = new SqlCredentialStore(jdbi);
        setup = new Setup(principals, credentials, new UserService(principals, PASSWORDS, clock), jdbi, clock);
    }

    @Test
    void aCredentialProvesUntilItExpires() {
        Principal user = user("bob", false);
        principals.insert(user, Optional.empty());
        Instant end = clock.instant().plusSeconds(60);
        credentials.insert(
                BearerSecret.hash("secret"),
                new Credential(
                        UUID.randomUUID(),
                        user.id(),
                        Kind.TOKEN,
                        "",
                        Set.of(),
                        clock.instant(),
                        Optional.of(end),
                        Optional.empty()));

        assertThat(prove("secret", end.minusMillis(1))).contains("bob");
        assertThat(prove("secret", end)).isEmpty();
        assertThat(prove("other", clock.instant())).isEmpty();
        assertThat(credentials.prove(BearerSecret.hash("secret"), Kind.SESSION, clock.instant()))
                .isEmpty();
        assertThat(credentials.list(user.id(), Kind.TOKEN).get(0).usedAt()).contains(end.minusMillis(1));
        credentials.removeExpired(end.plusSeconds(1));
        assertThat(credentials.list(user.id(), Kind.TOKEN)).isEmpty();
    }

    @Test
    void keepsNothingThatLetsAnybodyIn() {
        Principal user = user("bob", false);
        principals.insert(user, Optional.of(PASSWORDS.hash("a long password")));
        String secret = new TokenService(credentials, clock)
                .create(user, "ci", Set.of(), Optional.empty())
                .secret();
        String rows = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT string_agg(to_jsonb(c)::text, '') || string_agg(to_jsonb(p)::text, '')"
                                + " FROM credential c, principal p")
                .mapTo(String.class)
                .one());
        assertThat(rows).doesNotContain(secret, "a long password").contains("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void theFirstUserTakesTheTokenThatThisServerPrinted() {
        setup.announce();
        assertThatThrownBy(() -> setup.run("guess", ADMIN, "a long password")).hasMessageContaining("set-up token");
        assertThat(principals.any()).isFalse();
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO setup_token VALUES (:hash, now())")
                .bind("hash", BearerSecret.hash("printed"))
                .execute());

        assertThat(setup.run("printed", ADMIN, "a long password").admin()).isTrue();
        assertThatThrownBy(() -> setup.run("printed", new PrincipalName("eve"), "a long password"))
                .hasMessageContaining("nothing at");
        int left = jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM setup_token")
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    @Test
    void ofManyFirstUsersThereIsOne() throws Exception {
        List<Boolean> made = atOnce(8, i -> principals.insertFirst(user("first" + i, true), Optional.empty()));
        assertThat(made).containsOnlyOnce(true);
        assertThat(principals.list("", "", 10)).hasSize(1);
    }

    @Test
    void twoAdministratorsCannotTakeEachOthersRightsAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            Principal one = user("one" + round, true);
            Principal two = user("two" + round, true);
            principals.insert(one, Optional.empty());
            principals.insert(two, Optional.empty());
            List<Principal> both = List.of(one, two);
            List<Change> changes = atOnce(2, i -> principals.delete(both.get(i)));
            assertThat(changes).containsExactlyInAnyOrder(Change.DONE, Change.LAST_ADMIN);
            Principal left = principals.find(one.name()).orElse(two);
            // Makes room for the next round, as an administrator of the database would.
            jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM principal WHERE id = :id")
                    .bind("id", left.id())
                    .execute());
        }
    }

    @Test
    void aCodeIsTakenByOneOfManyCallers() throws Exception {
        Principal user = user("bob", false);
        principals.insert(user, Optional.empty());
        var signIn = new SignIn(principals, credentials, PASSWORDS, new FailedSignIns(jdbi, 10), clock);
        String code = signIn.link(user, Duration.ofHours(1));
        List<Boolean> in = atOnce(
                8,
                i -> credentials
                        .take(BearerSecret.hash(code), Kind.CODE, clock.instant())
                        .isPresent());
        assertThat(in).containsOnlyOnce(true);
    }

    @Test
    void theTokenOfTheLocalStackMayBeReplaced(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "a".repeat(64));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> setup.trust(file)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        setup.trust(file);
        setup.trust(file);
        Principal local = principals.find(new PrincipalName("local")).orElseThrow();
        assertThat(credentials.list(local.id(), Kind.TOKEN)).hasSize(1);
        assertThat(prove("a".repeat(64), clock.instant())).contains("local");

        Files.writeString(file, "b".repeat(64));
        setup.trust(file);
        assertThat(prove("a".repeat(64), clock.instant())).isEmpty();
        assertThat(prove("b".repeat(64), clock.instant())).contains("local");
        Files.writeString(file, "short");
        assertThatThrownBy(() -> setup.trust(file)).hasMessageContaining("fewer than 32");
    }

    @Test
    void whomAnOpenIdProviderNamesIsNeverTheFirstUserNorSomebodyElse() throws Exception {
        UserService users = new UserService(principals, PASSWORDS, clock);
        OidcIdentity ann = new OidcIdentity("https://login.example.com", "1");
        assertThat(users.create(new PrincipalName("ann"), ann)).isEmpty();
        users.createFirst(ADMIN, Optional.empty());

        List<Optional<Principal>> made = atOnce(4, i -> users.create(new PrincipalName("ann" + i), ann));

        assertThat(made).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(users.create(ADMIN, new OidcIdentity("https://login.example.com", "2")))
                .isEmpty();
        assertThat(principals.find(ann))
                .isEqualTo(made.stream().flatMap(Optional::stream).findFirst());
        assertThat(principals.find(new OidcIdentity("https://other.example.com", "1")))
                .isEmpty();
    }

    private Optional<String> prove(String secret, Instant now) {
        return credentials
                .prove(BearerSecret.hash(secret), Kind.TOKEN, now)
                .map(proof -> proof.principal().name().value());
    }

    private static <T> List<T> atOnce(int callers, Call<T> call) throws Exception {
        var threads = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<T>> calls = IntStream.range(0, callers)
                    .mapToObj(i -> (Callable<T>) () -> call.of(i))
                    .toList();
            List<T> results = new ArrayList<>();
            for (var each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private interface Call<T> {
        T of(int number);
    }
}
