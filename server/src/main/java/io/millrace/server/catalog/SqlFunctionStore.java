package io.millrace.server.catalog;

import static io.millrace.server.catalog.TableRows.utc;

import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionId;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.FunctionVersion;
import io.millrace.core.catalog.Metastore.Outcome;
import io.millrace.core.catalog.RegisteredFunction;
import io.millrace.core.catalog.TableFilter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Functions in PostgreSQL. Creating one locks its database against being dropped at the same time. */
final class SqlFunctionStore implements FunctionStore {
    private static final String CREATE = """
            INSERT INTO catalog_function (id, database_id, name, class_name, version, created_at, changed_at)
            VALUES (:id, :database, :name, :className, :version, :now, :now)
            ON CONFLICT (database_id, name COLLATE "C") WHERE dropped_at IS NULL DO NOTHING
            """;

    private static final String REPLACE = """
            UPDATE catalog_function SET class_name = :className, version = :version, changed_at = :now
            WHERE id = :id AND version = :version - 1 AND dropped_at IS NULL
            """;

    private static final String DROP = """
            UPDATE catalog_function SET dropped_at = :now, version = version + 1
            WHERE id = :id AND version = :version AND dropped_at IS NULL
            """;

    private static final String DROP_ALL_OF = """
            UPDATE catalog_function SET dropped_at = :now, version = version + 1
            WHERE database_id = :database AND dropped_at IS NULL
            RETURNING id
            """;

    private static final String RESTORE = """
            UPDATE catalog_function SET dropped_at = NULL, name = :name, version = version + 1, changed_at = :now
            WHERE id = :id AND dropped_at IS NOT NULL
              AND EXISTS (SELECT 1 FROM catalog_database d WHERE d.id = database_id AND d.dropped_at IS NULL)
            """;

    private static final String REMEMBER = """
            INSERT INTO catalog_function_version
                (function_id, version, name, class_name, cause, summary, author, statement, at)
            SELECT id, version, name, class_name, :cause, :summary, :author, :statement, :at
            FROM catalog_function WHERE id = :id
            """;

    private static final String CURRENT = """
            SELECT f.id, d.catalog, d.name AS database, f.name, f.class_name, f.version
            FROM catalog_function f
            JOIN catalog_database d ON d.id = f.database_id
            WHERE f.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND d.name = :database
            """;

    private static final String FIND = CURRENT + " AND f.name = :name";

    private static final String LIST = CURRENT + """
              AND f.name COLLATE "C" > :after AND (:text = '' OR strpos(f.name, lower(:text)) > 0)
            ORDER BY f.name COLLATE "C"
            LIMIT :limit
            """;

    private static final String VERSION = """
            SELECT v.function_id AS id, d.catalog, d.name AS database, v.name, v.class_name, v.version,
                   v.cause, v.summary, v.author, v.statement, v.at
            FROM catalog_function_version v
            JOIN catalog_function f ON f.id = v.function_id
            JOIN catalog_database d ON d.id = f.database_id
            """;

    private static final String VERSIONS = VERSION + """
            WHERE v.function_id = :id AND v.version < :before
            ORDER BY v.version DESC
            LIMIT :limit
            """;

    private static final String DROPPED = VERSION + """
            WHERE f.dropped_at IS NOT NULL AND d.dropped_at IS NULL AND v.version = f.version
            """;

    private static final String DROPPED_OF_DATABASE = DROPPED + """
              AND d.catalog = :catalog AND d.name = :database
            ORDER BY f.dropped_at DESC, f.id
            LIMIT :limit OFFSET :offset
            """;

    private static final String DROPPED_BY_ID = DROPPED + " AND f.id = :id";

    private final Jdbi jdbi;

    SqlFunctionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Outcome create(RegisteredFunction function, Change change) {
        return jdbi.inTransaction(handle -> SqlMetastore.shareDatabase(
                        handle, function.path().parent())
                .map(database -> {
                    int created = handle.createUpdate(CREATE)
                            .bind("id", function.id().value())
                            .bind("database", database)
                            .bind("name", function.path().function().value())
                            .bind("className", function.className())
                            .bind("version", function.version())
                            .bind("now", utc(change.at()))
                            .execute();
                    return created == 1 ? remember(handle, function.id().value(), change) : Outcome.NAME_TAKEN;
                })
                .orElse(Outcome.MISSING));
    }

    @Override
    public Outcome replace(RegisteredFunction next, Change change) {
        return jdbi.inTransaction(handle -> {
            int replaced = handle.createUpdate(REPLACE)
                    .bind("id", next.id().value())
                    .bind("className", next.className())
                    .bind("version", next.version())
                    .bind("now", utc(change.at()))
                    .execute();
            return replaced == 1 ? remember(handle, next.id().value(), change) : Outcome.STALE;
        });
    }

    @Override
    public Outcome drop(RegisteredFunction current, Change change) {
        return jdbi.inTransaction(handle -> {
            int dropped = handle.createUpdate(DROP)
                    .bind("id", current.id().value())
                    .bind("version", current.version())
                    .bind("now", utc(change.at()))
                    .execute();
            return dropped == 1 ? remember(handle, current.id().value(), change) : Outcome.STALE;
        });
    }

    /** Drops the functions of a database that is being dropped in this transaction. */
    static void dropAllOf(Handle handle, UUID database, Change change) {
        handle.createQuery(DROP_ALL_OF)
                .bind("database", database)
                .bind("now", utc(change.at()))
                .mapTo(String.class)
                .list()
                .forEach(function -> remember(handle, function, change));
    }

    @Override
    public Optional<RegisteredFunction> find(FunctionPath path) {
        return jdbi.withHandle(handle -> in(handle.createQuery(FIND), path.parent())
                .bind("name", path.function().value())
                .map((row, context) -> function(row))
                .findOne());
    }

    @Override
    public List<RegisteredFunction> list(DatabasePath database, TableFilter filter) {
        return jdbi.withHandle(handle -> in(handle.createQuery(LIST), database)
                .bind("text", filter.text())
                .bind("after", filter.after())
                .bind("limit", filter.limit())
                .map((row, context) -> function(row))
                .list());
    }

    @Override
    public List<FunctionVersion> versions(FunctionId id, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(VERSIONS)
                .bind("id", id.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> version(row))
                .list());
    }

    @Override
    public List<FunctionVersion> dropped(DatabasePath database, int offset, int limit) {
        return jdbi.withHandle(handle -> in(handle.createQuery(DROPPED_OF_DATABASE), database)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> version(row))
                .list());
    }

    @Override
    public Optional<FunctionVersion> dropped(FunctionId id) {
        return jdbi.withHandle(handle -> handle.createQuery(DROPPED_BY_ID)
                .bind("id", id.value())
                .map((row, context) -> version(row))
                .findOne());
    }

    @Override
    public Outcome restore(FunctionId id, FunctionName name, Change change) {
        try {
            return jdbi.inTransaction(handle -> {
                int restored = handle.createUpdate(RESTORE)
                        .bind("id", id.value())
                        .bind("name", name.value())
                        .bind("now", utc(change.at()))
                        .execute();
                return restored == 1 ? remember(handle, id.value(), change) : Outcome.MISSING;
            });
        } catch (UnableToExecuteStatementException e) {
            if (TableRows.isNameTaken(e)) {
                return Outcome.NAME_TAKEN;
            }
            throw e;
        }
    }

    private static Outcome remember(Handle handle, String id, Change change) {
        TableRows.bind(handle.createUpdate(REMEMBER), change).bind("id", id).execute();
        return Outcome.DONE;
    }

    private static Query in(Query query, DatabasePath path) {
        return query.bind("catalog", path.catalog().value())
                .bind("database", path.database().value());
    }

    private static RegisteredFunction function(ResultSet row) throws SQLException {
        return new RegisteredFunction(
                new FunctionId(row.getString("id")),
                FunctionPath.of(row.getString("catalog"), row.getString("database"), row.getString("name")),
                row.getString("class_name"),
                row.getLong("version"));
    }

    private static FunctionVersion version(ResultSet row) throws SQLException {
        return new FunctionVersion(function(row), TableRows.change(row));
    }
}
