package io.millrace.server.access;

import io.millrace.core.access.Principal;
import io.millrace.core.access.Rights;
import io.millrace.server.http.Bearer;
import io.millrace.server.http.Caller;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** {@link Capabilities} in PostgreSQL, by hash only. */
final class SqlCapabilities implements Capabilities {
    /** Longer than any call of the gateway takes: what is lent is given back. */
    private static final Duration ONE_CALL = Duration.ofMinutes(10);

    private static final String INSERT = """
            INSERT INTO capability (hash, id, principal_id, credential_id, objects, from_ip, expires_at)
            VALUES (:hash, :id, CAST(:principal AS uuid), CAST(:credential AS uuid), :objects, :from, :expires)
            """;

    private static final String PROVE = "SELECT c.principal_id, c.objects, c.from_ip, k.scope, "
            + SqlPrincipalStore.COLUMNS + ", " + SqlGrantStore.EPOCH_OF_P + """
             FROM capability c LEFT JOIN principal p ON p.id = c.principal_id
            LEFT JOIN credential k ON k.id = c.credential_id
            WHERE c.hash = :hash AND c.expires_at > :now AND (k.expires_at IS NULL OR k.expires_at > :now)
              AND (c.principal_id IS NULL OR (NOT p.disabled AND p.deleted_at IS NULL))
            """;

    private final Jdbi jdbi;
    private final Authorizer authorizer;
    private final Caller caller;
    private final Clock clock;

    SqlCapabilities(Jdbi jdbi, Authorizer authorizer, Caller caller, Clock clock) {
        this.jdbi = jdbi;
        this.authorizer = authorizer;
        this.caller = caller;
        this.clock = clock;
    }

    @Override
    public Capability ofCaller(Duration lifetime) {
        return make(caller.principal().id(), caller.credential().id(), null, caller.from(), lifetime);
    }

    @Override
    public <T> T duringCall(Function<String, T> call) {
        return during(ofCaller(ONE_CALL), call);
    }

    @Override
    public <T> T during(UUID principal, Function<String, T> call) {
        return during(principal, Optional.empty(), call);
    }

    @Override
    public <T> T during(UUID principal, Optional<Set<String>> objects, Function<String, T> call) {
        String[] bound = objects.map(keys -> keys.toArray(String[]::new)).orElse(null);
        return during(make(principal, null, bound, "", ONE_CALL), call);
    }

    @Override
    public <T> T duringWork(Function<String, T> call) {
        return during(make(null, null, null, "", ONE_CALL), call);
    }

    private <T> T during(Capability capability, Function<String, T> call) {
        try {
            return call.apply(capability.secret());
        } finally {
            end(capability);
        }
    }

    @Override
    public void end(Capability capability) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM capability WHERE id = :id OR expires_at < :now")
                .bind("id", capability.id())
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** For whom a capability stands. */
    Optional<Bearer> prove(String secret) {
        return jdbi.withHandle(handle -> handle.createQuery(PROVE)
                .bind("hash", BearerSecret.hash(secret))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .map((row, context) -> bearer(row))
                .findOne());
    }

    private Bearer bearer(ResultSet row) throws SQLException {
        if (row.getObject("principal_id") == null) {
            return Bearer.SYSTEM;
        }
        Principal principal = SqlPrincipalStore.principal(row);
        Rights rights = authorizer.rights(principal, row.getLong("epoch"));
        Array objects = row.getArray("objects");
        if (objects != null) {
            rights = new BoundRights(rights, Set.of((String[]) objects.getArray()));
        }
        Array scope = row.getArray("scope");
        return new Bearer(
                principal.name().value(),
                Optional.of(principal),
                rights,
                scope == null ? Set.of() : SqlCredentialStore.scope((String[]) scope.getArray()),
                row.getString("from_ip"));
    }

    private Capability make(
            @Nullable UUID principal,
            @Nullable UUID credential,
            String @Nullable [] objects,
            String from,
            Duration lifetime) {
        String secret = BearerSecret.random();
        UUID id = UUID.randomUUID();
        Instant end = clock.instant().plus(lifetime);
        jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("hash", BearerSecret.hash(secret))
                .bind("id", id)
                .bind("principal", principal)
                .bind("credential", credential)
                .bindArray("objects", String.class, (Object[]) objects)
                .bind("from", from)
                .bind("expires", end.atOffset(ZoneOffset.UTC))
                .execute());
        return new Capability(id, secret);
    }
}
