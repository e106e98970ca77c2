package io.millrace.server.access;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalKind;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.jdbi.v3.core.Jdbi;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a permission check costs with 10,000 grants of 1,000 users on 10,000 tables of 100 databases, in the metastore of
 * a running stack, beside one jCasbin enforcer that has all of them.
 *
 * <p>Run by {@code bench/grants}. In the package of what it measures, which nobody else is to use.
 */
public final class GrantBenchmark {
    private static final int USERS = 1_000;
    private static final int GRANTS = 10_000;
    private static final int DATABASES = 100;
    private static final int TABLES = 10_000;
    private static final int CHECKS = 200_000;
    private static final int CHANGED_CHECKS = 100_000;
    private static final int PEER_CHECKS = 2_000;

    private static final String MODEL = """
            [request_definition]
            r = sub, obj, act
            [policy_definition]
            p = sub, obj, act, eft
            [role_definition]
            g = _, _
            g2 = _, _
            [policy_effect]
            e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
            [matchers]
            m = g(r.sub, p.sub) && g2(r.obj, p.obj) && r.act == p.act
            """;

    private final Random random = new Random(7);
    private final Securable catalog = Securable.top(Kind.CATALOG, "bench", "bench");
    private final List<Securable> databases = IntStream.range(0, DATABASES)
            .mapToObj(i -> catalog.child(Kind.DATABASE, "bench/d" + i, "bench.d" + i))
            .toList();
    private final List<Securable> tables = IntStream.range(0, TABLES)
            .mapToObj(i -> databases.get(i % DATABASES).child(Kind.TABLE, "bench-" + i, "bench.t" + i))
            .toList();
    private final List<Principal> users =
            IntStream.range(0, USERS).mapToObj(GrantBenchmark::user).toList();
    private final List<Grant> grants = new ArrayList<>();
    private final GrantStore store;
    private final Jdbi jdbi;

    private GrantBenchmark(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.store = new SqlGrantStore(jdbi);
    }

    /** Arguments: JDBC address, user and password of the metastore. */
    public static void main(String[] args) throws SQLException {
        if (args.length != 3) {
            throw new IllegalArgumentException("usage: JDBC_URL USER PASSWORD");
        }
        // One connection, as the server's pool would hand out.
        try (Connection metastore = DriverManager.getConnection(args[0], args[1], args[2])) {
            new GrantBenchmark(Jdbi.create(metastore)).run();
        }
    }

    private static Principal user(int number) {
        return new Principal(
                new UUID(42, number),
                new PrincipalName("bench-" + number),
                PrincipalKind.USER,
                "",
                false,
                false,
                1,
                "bench",
                Instant.EPOCH,
                Optional.empty());
    }

    private void run() {
        var principals = new SqlPrincipalStore(jdbi);
        users.forEach(user -> principals.insert(user, Optional.empty()));
        for (int i = 0; i < GRANTS; i++) {
            Securable on = i % 10 == 0 ? databases.get(random.nextInt(DATABASES)) : tables.get(random.nextInt(TABLES));
            Principal user = users.get(i % USERS);
            grants.add(new Grant(
                    new Grantee(Grantee.Kind.USER, user.id(), user.name().value()),
                    on,
                    i % 3 == 0 ? Privilege.WRITE : Privilege.READ,
                    i % 20 == 0 ? Effect.DENY : Effect.ALLOW,
                    "bench",
                    Instant.EPOCH));
        }
        store.add(grants);
        System.out.println("| permission check, µs | n | p50 | p95 | p99 | max |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        row("first check of a user after a change, grants read from PostgreSQL", firstChecks(new Authorizer(store)));
        row("any check after that", checks());
        row("any check while one grant comes or goes in 1,000 checks", checksDuringChanges());
        row("one jCasbin enforcer with all grants (peer)", peer());
        System.out.println();
        System.out.println(agreement());
    }

    private long[] firstChecks(Authorizer authorizer) {
        return users.stream()
                .mapToLong(user -> time(() -> authorizer.rights(user, 1).may(Privilege.READ, table())))
                .toArray();
    }

    private long[] checks() {
        Authorizer authorizer = new Authorizer(store);
        users.forEach(user -> authorizer.rights(user, 1));
        for (int i = 0; i < CHECKS; i++) {
            boolean unused = authorizer.rights(anyUser(), 1).may(Privilege.READ, table());
        }
        return LongStream.range(0, CHECKS)
                .map(i -> time(() -> authorizer.rights(anyUser(), 1).may(Privilege.READ, table())))
                .toArray();
    }

    /** The epoch is that of the call that asks, as the query that proves a caller reads it. */
    private long[] checksDuringChanges() {
        Authorizer authorizer = new Authorizer(store);
        users.forEach(user -> authorizer.rights(user, epoch(user)));
        long[] nanos = new long[CHANGED_CHECKS];
        for (int i = 0; i < CHANGED_CHECKS; i++) {
            if (i % 1_000 == 0) {
                change(grants.get(random.nextInt(GRANTS)));
            }
            Principal user = anyUser();
            long epoch = epoch(user);
            nanos[i] = time(() -> authorizer.rights(user, epoch).may(Privilege.READ, table()));
        }
        store.add(grants);
        return nanos;
    }

    private long epoch(Principal user) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + SqlGrantStore.EPOCH_OF_P + " FROM principal p WHERE p.id = :user")
                .bind("user", user.id())
                .mapTo(Long.class)
                .one());
    }

    private void change(Grant grant) {
        int removed = store.remove(List.of(grant.to()), grant.on(), List.of(grant.privilege()), grant.effect());
        if (removed == 0) {
            store.add(List.of(grant));
        }
    }

    private long[] peer() {
        Enforcer enforcer = peerEnforcer();
        for (int i = 0; i < 500; i++) {
            boolean unused = ask(enforcer, anyUser(), table());
        }
        return LongStream.range(0, PEER_CHECKS)
                .map(i -> time(() -> ask(enforcer, anyUser(), table())))
                .toArray();
    }

    private Enforcer peerEnforcer() {
        Model model = new Model();
        model.loadModelFromText(MODEL);
        for (Grant grant : grants) {
            model.addPolicy(
                    "p",
                    "p",
                    List.of(
                            grant.to().name(),
                            grant.on().key(),
                            grant.privilege().name(),
                            grant.effect() == Effect.ALLOW ? "allow" : "deny"));
        }
        tables.forEach(table ->
                model.addPolicy("g", "g2", List.of(table.key(), table.above().get(0))));
        Enforcer enforcer = new Enforcer(model);
        enforcer.buildRoleLinks();
        return enforcer;
    }

    private static boolean ask(Enforcer enforcer, Principal user, Securable table) {
        return enforcer.enforce(user.name().value(), table.key(), Privilege.READ.name());
    }

    /** Both must say the same, or the comparison is worth nothing. */
    private String agreement() {
        Enforcer enforcer = peerEnforcer();
        Authorizer authorizer = new Authorizer(store);
        int allowed = 0;
        for (int i = 0; i < 500; i++) {
            Grant grant = grants.get(random.nextInt(GRANTS));
            Principal user = users.get((int) grant.to().id().getLeastSignificantBits());
            Securable table = grant.on().kind() == Kind.TABLE ? grant.on() : table();
            Rights rights = authorizer.rights(user, 1);
            boolean ours = rights.may(Privilege.READ, table);
            if (ours != ask(enforcer, user, table)) {
                throw new IllegalStateException(user.name() + " on " + table + ": we say " + ours);
            }
            allowed += ours ? 1 : 0;
        }
        return "Of 500 other checks both allow the same " + allowed + ".";
    }

    private Principal anyUser() {
        return users.get(random.nextInt(USERS));
    }

    private Securable table() {
        return tables.get(random.nextInt(TABLES));
    }

    private static long time(Check check) {
        long start = System.nanoTime();
        boolean unused = check.decide();
        return System.nanoTime() - start;
    }

    private static void row(String name, long[] nanos) {
        long[] sorted = LongStream.of(nanos).sorted().toArray();
        System.out.printf(
                "| %s | %d | %.1f | %.1f | %.1f | %.1f |%n",
                name,
                sorted.length,
                micros(sorted, 0.5),
                micros(sorted, 0.95),
                micros(sorted, 0.99),
                micros(sorted, 1));
    }

    private static double micros(long[] sorted, double rank) {
        int index = Math.max((int) Math.ceil(rank * sorted.length), 1) - 1;
        return sorted[index] / (double) TimeUnit.MICROSECONDS.toNanos(1);
    }

    private interface Check {
        boolean decide();
    }
}
