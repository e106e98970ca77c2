package io.millrace.server.access;

import io.millrace.core.access.Credential;
import io.millrace.core.access.CredentialStore;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Proof;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@link CredentialStore} in PostgreSQL. */
final class SqlCredentialStore implements CredentialStore {
    private static final String COLUMNS = """
            c.id AS credential_id, c.principal_id, c.kind AS credential_kind, c.name AS credential_name, c.scope,
            c.created_at AS made_at, c.expires_at, c.used_at
            """;

    private static final String INSERT = """
            INSERT INTO credential (hash, id, principal_id, kind, name, scope, created_at, expires_at)
            VALUES (:hash, :id, :principal, :kind, :name, :scope, :created, :expires)
            ON CONFLICT (hash) DO NOTHING
            """;

    private static final String PROVE =
            "SELECT " + COLUMNS + ", " + SqlPrincipalStore.COLUMNS + ", " + SqlGrantStore.EPOCH_OF_P + """
             FROM credential c JOIN principal p ON p.id = c.principal_id
            WHERE c.hash = :hash AND c.kind = :kind AND (c.expires_at IS NULL OR c.expires_at > :now)
              AND NOT p.disabled AND p.deleted_at IS NULL
            """;

    private static final String LIST = "SELECT " + COLUMNS + """
             FROM credential c WHERE c.principal_id = :principal AND c.kind = :kind
            ORDER BY c.created_at DESC, c.id
            """;

    private static final String USED = """
            UPDATE credential SET used_at = :now
            WHERE hash = :hash AND (used_at IS NULL OR used_at < :now - interval '1 minute')
            """;

    private final Jdbi jdbi;

    SqlCredentialStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void insert(byte[] hash, Credential credential) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("hash", hash)
                .bind("id", credential.id())
                .bind("principal", credential.principal())
                .bind("kind", credential.kind().name())
                .bind("name", credential.name())
                .bindArray(
                        "scope",
                        String.class,
                        credential.scope().stream()
                                .map(Permission::name)
                                .sorted()
                                .toArray())
                .bind("created", utc(credential.createdAt()))
                .bind(
                        "expires",
                        credential.expiresAt().map(SqlCredentialStore::utc).orElse(null))
                .execute());
    }

    @Override
    public Optional<Proof> prove(byte[] hash, Credential.Kind kind, Instant now) {
        return jdbi.withHandle(handle -> {
            Optional<Proof> proof = prove(handle, hash, kind, now);
            if (proof.isPresent() && stale(proof.get().credential(), now)) {
                handle.createUpdate(USED)
                        .bind("hash", hash)
                        .bind("now", utc(now))
                        .execute();
            }
            return proof;
        });
    }

    @Override
    public Optional<Proof> take(byte[] hash, Credential.Kind kind, Instant now) {
        return jdbi.inTransaction(handle -> {
            Optional<Proof> proof = prove(handle, hash, kind, now);
            int rows = handle.createUpdate("DELETE FROM credential WHERE hash = :hash AND kind = :kind")
                    .bind("hash", hash)
                    .bind("kind", kind.name())
                    .execute();
            return proof.filter(found -> rows == 1);
        });
    }

    @Override
    public List<Credential> list(UUID principal, Credential.Kind kind) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("principal", principal)
                .bind("kind", kind.name())
                .map((row, context) -> credential(row))
                .list());
    }

    @Override
    public boolean remove(UUID principal, UUID credential) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("DELETE FROM credential WHERE id = :id AND principal_id = :principal")
                                .bind("id", credential)
                                .bind("principal", principal)
                                .execute()
                        == 1);
    }

    @Override
    public void removeExpired(Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM credential WHERE expires_at < :now")
                .bind("now", utc(now))
                .execute());
    }

    private static Optional<Proof> prove(Handle handle, byte[] hash, Credential.Kind kind, Instant now) {
        return handle.createQuery(PROVE)
                .bind("hash", hash)
                .bind("kind", kind.name())
                .bind("now", utc(now))
                .map((row, context) ->
                        new Proof(SqlPrincipalStore.principal(row), credential(row), row.getLong("epoch")))
                .findOne();
    }

    private static Credential credential(ResultSet row) throws SQLException {
        return new Credential(
                row.getObject("credential_id", UUID.class),
                row.getObject("principal_id", UUID.class),
                Credential.Kind.valueOf(row.getString("credential_kind")),
                row.getString("credential_name"),
                scope((String[]) row.getArray("scope").getArray()),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("expires_at", OffsetDateTime.class)),
                instant(row.getObject("used_at", OffsetDateTime.class)));
    }

    static Set<Permission> scope(String[] names) {
        return Arrays.stream(names).map(Permission::valueOf).collect(Collectors.toSet());
    }

    /** Being seen is written once a minute at most. */
    private static boolean stale(Credential credential, Instant now) {
        return credential
                .usedAt()
                .map(used -> used.isBefore(now.minusSeconds(60)))
                .orElse(true);
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
