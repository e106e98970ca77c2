package io.millrace.server.access;

import io.millrace.core.access.OidcIdentity;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalKind;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.PrincipalStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** {@link PrincipalStore} in PostgreSQL. */
final class SqlPrincipalStore implements PrincipalStore {
    static final String COLUMNS =
            "p.id, p.name, p.kind, p.comment, p.admin, p.disabled, p.version, p.created_by, p.created_at,"
                    + " p.oidc_issuer, p.oidc_subject";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM principal p WHERE p.deleted_at IS NULL AND ";

    private static final String INSERT = """
            INSERT INTO principal
                (id, name, kind, comment, admin, disabled, password, version, created_by, created_at, oidc_issuer,
                 oidc_subject)
            VALUES (:id, :name, :kind, :comment, :admin, :disabled, :password, :version, :by, :at, :issuer, :subject)
            ON CONFLICT DO NOTHING
            """;

    private static final String REPLACE = """
            UPDATE principal SET comment = :comment, admin = :admin, disabled = :disabled, version = :version,
                oidc_issuer = :issuer, oidc_subject = :subject
            WHERE id = :id AND version = :version - 1 AND deleted_at IS NULL
            """;

    private static final String END_SESSIONS_OF_ANOTHER_IDENTITY = """
            DELETE FROM credential c USING principal p
            WHERE p.id = :id AND p.version = :version - 1 AND c.principal_id = p.id AND c.kind IN ('SESSION', 'CODE')
              AND (p.oidc_issuer, p.oidc_subject) IS DISTINCT FROM (:issuer, :subject)
            """;

    private static final String DELETE = """
            UPDATE principal SET deleted_at = now(), password = NULL
            WHERE id = :id AND version = :version AND deleted_at IS NULL
            """;

    private static final String LIST = SELECT + """
            p.name COLLATE "C" > :after AND (p.name LIKE :text OR lower(p.comment) LIKE :text)
            ORDER BY p.name COLLATE "C" LIMIT :limit
            """;

    /** Of PostgreSQL's appendix A. */
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String GOVERNING =
            "SELECT id FROM principal WHERE admin AND NOT disabled AND deleted_at IS NULL FOR UPDATE";

    private final Jdbi jdbi;

    SqlPrincipalStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean insert(Principal principal, Optional<String> passwordHash) {
        return jdbi.withHandle(handle -> insert(handle, principal, passwordHash));
    }

    @Override
    public boolean insertFirst(Principal principal, Optional<String> passwordHash) {
        return jdbi.inTransaction(handle -> {
            handle.execute("LOCK TABLE principal IN SHARE ROW EXCLUSIVE MODE");
            if (any(handle) || !insert(handle, principal, passwordHash)) {
                return false;
            }
            handle.execute("DELETE FROM setup_token");
            return true;
        });
    }

    @Override
    public Change replace(Principal next) {
        try {
            return unlessLast(next.id(), next.governs(), handle -> {
                identified(handle.createUpdate(END_SESSIONS_OF_ANOTHER_IDENTITY), next)
                        .bind("version", next.version())
                        .execute();
                return identified(handle.createUpdate(REPLACE), next)
                        .bind("comment", next.comment())
                        .bind("admin", next.admin())
                        .bind("disabled", next.disabled())
                        .bind("version", next.version())
                        .execute();
            });
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return Change.IDENTITY_TAKEN;
            }
            throw e;
        }
    }

    @Override
    public Change delete(Principal principal) {
        return unlessLast(principal.id(), false, handle -> {
            int rows = handle.createUpdate(DELETE)
                    .bind("id", principal.id())
                    .bind("version", principal.version())
                    .execute();
            if (rows == 1) {
                handle.createUpdate("DELETE FROM credential WHERE principal_id = :id")
                        .bind("id", principal.id())
                        .execute();
            }
            return rows;
        });
    }

    @Override
    public void setPassword(UUID principal, String passwordHash) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("UPDATE principal SET password = :password WHERE id = :id")
                    .bind("id", principal)
                    .bind("password", passwordHash)
                    .execute();
            handle.createUpdate("DELETE FROM credential WHERE principal_id = :id")
                    .bind("id", principal)
                    .execute();
        });
    }

    @Override
    public Optional<String> passwordHash(UUID principal) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT password FROM principal WHERE id = :id")
                .bind("id", principal)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public Optional<Principal> find(PrincipalName name) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "p.name = :name")
                .bind("name", name.value())
                .map((row, context) -> principal(row))
                .findOne());
    }

    @Override
    public Optional<Principal> find(OidcIdentity identity) {
        return jdbi.withHandle(
                handle -> handle.createQuery(SELECT + "p.oidc_issuer = :issuer AND p.oidc_subject = :subject")
                        .bind("issuer", identity.issuer())
                        .bind("subject", identity.subject())
                        .map((row, context) -> principal(row))
                        .findOne());
    }

    @Override
    public List<Principal> list(String text, String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("after", after)
                .bind("text", contains(text))
                .bind("limit", limit)
                .map((row, context) -> principal(row))
                .list());
    }

    @Override
    public boolean any() {
        return jdbi.withHandle(SqlPrincipalStore::any);
    }

    static Principal principal(ResultSet row) throws SQLException {
        return new Principal(
                row.getObject("id", UUID.class),
                new PrincipalName(row.getString("name")),
                PrincipalKind.valueOf(row.getString("kind")),
                row.getString("comment"),
                row.getBoolean("admin"),
                row.getBoolean("disabled"),
                row.getLong("version"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                identity(row.getString("oidc_issuer"), row.getString("oidc_subject")));
    }

    private static Optional<OidcIdentity> identity(@Nullable String issuer, @Nullable String subject) {
        return issuer == null || subject == null ? Optional.empty() : Optional.of(new OidcIdentity(issuer, subject));
    }

    /** A pattern for LIKE that finds {@code text} literally in what is lower case. */
    static String contains(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    private static boolean insert(Handle handle, Principal principal, Optional<String> passwordHash) {
        return identified(handle.createUpdate(INSERT), principal)
                        .bind("name", principal.name().value())
                        .bind("kind", principal.kind().name())
                        .bind("comment", principal.comment())
                        .bind("admin", principal.admin())
                        .bind("disabled", principal.disabled())
                        .bind("password", passwordHash.orElse(null))
                        .bind("version", principal.version())
                        .bind("by", principal.createdBy())
                        .bind("at", principal.createdAt().atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    private static Update identified(Update update, Principal principal) {
        return update.bind("id", principal.id())
                .bind("issuer", principal.identity().map(OidcIdentity::issuer).orElse(null))
                .bind("subject", principal.identity().map(OidcIdentity::subject).orElse(null));
    }

    private static boolean any(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM principal)")
                .mapTo(Boolean.class)
                .one();
    }

    private Change unlessLast(UUID id, boolean governs, Writes writes) {
        return jdbi.inTransaction(handle -> {
            // Locks those who govern, so that two callers cannot each take away the other's last one.
            List<UUID> governing =
                    handle.createQuery(GOVERNING).mapTo(UUID.class).list();
            if (!governs && governing.equals(List.of(id))) {
                return Change.LAST_ADMIN;
            }
            return writes.run(handle) == 1 ? Change.DONE : Change.STALE;
        });
    }

    private interface Writes {
        int run(Handle handle);
    }
}
