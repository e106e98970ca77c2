package io.millrace.server.connection;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.api.Json;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionChange;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionId;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.core.connection.ConnectionStore;
import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@link ConnectionStore} in PostgreSQL. */
final class SqlConnectionStore implements ConnectionStore {
    private static final String INSERT = """
            INSERT INTO connection (id, name, kind, fields, comment, version, changed_by, created_at, changed_at)
            VALUES (:id, :name, :kind, CAST(:fields AS jsonb), :comment, :version, :by, :created, :changed)
            ON CONFLICT (name) DO NOTHING
            """;

    private static final String REPLACE = """
            UPDATE connection
            SET fields = CAST(:fields AS jsonb), comment = :comment, version = :version, changed_by = :by,
                changed_at = :changed
            WHERE id = :id AND version = :version - 1
            """;

    private static final String DELETE = "DELETE FROM connection WHERE id = :id AND version = :version";

    private static final String LOCK = "SELECT 1 FROM connection WHERE id = :id AND version = :version FOR UPDATE";

    private static final String DELETE_SECRETS = "DELETE FROM connection_secret WHERE connection_id = :id";

    private static final String INSERT_SECRET = """
            INSERT INTO connection_secret (connection_id, field, origin, content, key_id)
            VALUES (:id, :field, :origin, :content, :key)
            """;

    private static final String INSERT_CHANGE = """
            INSERT INTO connection_change (connection_id, name, version, what, changed_by, changed_at, fields)
            VALUES (:id, :name, :version, :what, :by, :at, :fields)
            """;

    private static final String COUNT_UP = "UPDATE connection_revision SET value = value + 1";

    private static final String CONNECTION = """
            SELECT c.id, c.name, c.kind, c.fields, c.comment, c.version, c.changed_by, c.created_at, c.changed_at,
                (SELECT coalesce(jsonb_object_agg(s.field, jsonb_build_object(
                        'origin', s.origin, 'content', s.content, 'keyId', s.key_id)), '{}')
                 FROM connection_secret s WHERE s.connection_id = c.id) AS secrets
            FROM connection c
            """;

    private static final String HISTORY = """
            SELECT number, connection_id, name, version, what, changed_by, changed_at, fields
            FROM connection_change
            WHERE name = :name AND number < :before
            ORDER BY number DESC
            LIMIT :limit
            """;

    private final Jdbi jdbi;

    SqlConnectionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean insert(Connection connection, ConnectionChange change) {
        return jdbi.inTransaction(handle -> {
            int rows = handle.createUpdate(INSERT)
                    .bind("id", connection.id().value())
                    .bind("name", connection.name().value())
                    .bind("kind", connection.kind().name())
                    .bind("fields", Json.write(connection.fields().values()))
                    .bind("comment", connection.comment())
                    .bind("version", connection.version())
                    .bind("by", connection.changedBy())
                    .bind("created", utc(connection.createdAt()))
                    .bind("changed", utc(connection.changedAt()))
                    .execute();
            return rows == 1 && write(handle, connection.id(), connection.secrets(), change);
        });
    }

    @Override
    public boolean replace(Connection next, ConnectionChange change) {
        return jdbi.inTransaction(handle -> {
            int rows = handle.createUpdate(REPLACE)
                    .bind("id", next.id().value())
                    .bind("fields", Json.write(next.fields().values()))
                    .bind("comment", next.comment())
                    .bind("version", next.version())
                    .bind("by", next.changedBy())
                    .bind("changed", utc(next.changedAt()))
                    .execute();
            return rows == 1 && write(handle, next.id(), next.secrets(), change);
        });
    }

    @Override
    public boolean delete(Connection connection, ConnectionChange change) {
        return jdbi.inTransaction(handle -> {
            int rows = handle.createUpdate(DELETE)
                    .bind("id", connection.id().value())
                    .bind("version", connection.version())
                    .execute();
            if (rows == 1) {
                write(handle, change);
            }
            return rows == 1;
        });
    }

    @Override
    public boolean reseal(ConnectionId id, long version, Map<String, StoredSecret> secrets) {
        return jdbi.inTransaction(handle -> {
            boolean there = handle.createQuery(LOCK)
                    .bind("id", id.value())
                    .bind("version", version)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (there) {
                write(handle, id, secrets);
                handle.createUpdate(COUNT_UP).execute();
            }
            return there;
        });
    }

    @Override
    public Optional<Connection> find(ConnectionName name) {
        return jdbi.withHandle(handle -> handle.createQuery(CONNECTION + "WHERE c.name = :name")
                .bind("name", name.value())
                .map((row, context) -> connection(row))
                .findOne());
    }

    @Override
    public List<Connection> all() {
        return jdbi.withHandle(handle -> handle.createQuery(CONNECTION + "ORDER BY c.name COLLATE \"C\"")
                .map((row, context) -> connection(row))
                .list());
    }

    @Override
    public List<ConnectionChange> history(ConnectionName name, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(HISTORY)
                .bind("name", name.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> change(row))
                .list());
    }

    @Override
    public long revision() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT value FROM connection_revision")
                .mapTo(Long.class)
                .one());
    }

    private static boolean write(
            Handle handle, ConnectionId id, Map<String, StoredSecret> secrets, ConnectionChange change) {
        write(handle, id, secrets);
        write(handle, change);
        return true;
    }

    private static void write(Handle handle, ConnectionId id, Map<String, StoredSecret> secrets) {
        handle.createUpdate(DELETE_SECRETS).bind("id", id.value()).execute();
        secrets.forEach((field, secret) -> handle.createUpdate(INSERT_SECRET)
                .bind("id", id.value())
                .bind("field", field)
                .bind("origin", secret.origin().name())
                .bind("content", secret.content())
                .bind("key", secret.keyId().orElse(null))
                .execute());
    }

    private static void write(Handle handle, ConnectionChange change) {
        handle.createUpdate(INSERT_CHANGE)
                .bind("id", change.id().value())
                .bind("name", change.name().value())
                .bind("version", change.version())
                .bind("what", change.what().name())
                .bind("by", change.by())
                .bind("at", utc(change.at()))
                .bindArray("fields", String.class, change.fields())
                .execute();
        handle.createUpdate(COUNT_UP).execute();
    }

    private static Connection connection(ResultSet row) throws SQLException {
        Map<String, StoredSecret> secrets = new HashMap<>();
        read(row.getString("secrets"), new TypeReference<Map<String, SecretRow>>() {})
                .forEach((field, secret) -> secrets.put(field, secret.stored()));
        return new Connection(
                new ConnectionId(row.getObject("id", UUID.class)),
                new ConnectionName(row.getString("name")),
                ConnectionKind.valueOf(row.getString("kind")),
                new ConnectionFields(read(row.getString("fields"), new TypeReference<Map<String, Object>>() {})),
                secrets,
                row.getString("comment"),
                row.getLong("version"),
                row.getString("changed_by"),
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    private static ConnectionChange change(ResultSet row) throws SQLException {
        return new ConnectionChange(
                row.getLong("number"),
                new ConnectionId(row.getObject("connection_id", UUID.class)),
                new ConnectionName(row.getString("name")),
                row.getLong("version"),
                ConnectionChange.What.valueOf(row.getString("what")),
                row.getString("changed_by"),
                instant(row, "changed_at"),
                List.of((String[]) row.getArray("fields").getArray()));
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.lenient().readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("a row of connections is damaged", e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A secret as the query gives it. */
    private record SecretRow(
            SecretOrigin origin, String content, @Nullable String keyId) {
        StoredSecret stored() {
            return new StoredSecret(origin, content, Optional.ofNullable(keyId));
        }
    }
}
