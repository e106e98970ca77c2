package io.millrace.server.catalog;

import static io.millrace.server.catalog.TableRows.utc;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The metastore in PostgreSQL. A definition is one document in the shape of the wire record, which only grows. Creating
 * a table locks its database against being dropped at the same time.
 */
final class SqlMetastore implements Metastore {
    private static final String CREATE_DATABASE = """
            INSERT INTO catalog_database (id, catalog, name, comment, created_at)
            VALUES (:id, :catalog, :name, :comment, :now)
            ON CONFLICT (catalog, name) WHERE dropped_at IS NULL DO NOTHING
            """;

    private static final String LOCK_DATABASE = """
            SELECT id FROM catalog_database
            WHERE catalog = :catalog AND name = :name AND dropped_at IS NULL
            FOR UPDATE
            """;

    private static final String IS_USED = """
            SELECT EXISTS (SELECT 1 FROM catalog_table WHERE database_id = :id AND dropped_at IS NULL)
                OR EXISTS (SELECT 1 FROM catalog_function WHERE database_id = :id AND dropped_at IS NULL)
            """;

    private static final String DROP_TABLES_OF = """
            UPDATE catalog_table SET dropped_at = :now, version = version + 1
            WHERE database_id = :id AND dropped_at IS NULL
            RETURNING id
            """;

    private static final String DROP_DATABASE = "UPDATE catalog_database SET dropped_at = :now WHERE id = :id";

    private static final String DATABASES = """
            SELECT catalog, name, comment FROM catalog_database
            WHERE catalog = :catalog AND dropped_at IS NULL
            ORDER BY name COLLATE "C"
            """;

    private static final String SHARE_DATABASE = """
            SELECT id FROM catalog_database
            WHERE catalog = :catalog AND name = :name AND dropped_at IS NULL
            FOR SHARE
            """;

    private static final String CREATE_TABLE = """
            INSERT INTO catalog_table
                (id, database_id, name, version, definition, last_column_id, column_keys, location, remote_key, seen_at,
                 created_at, changed_at)
            VALUES
                (:id, :database, :name, :version, CAST(:definition AS jsonb), :lastColumnId,
                 CAST(:columnKeys AS jsonb), :location, :remoteKey, :now, :now, :now)
            ON CONFLICT (database_id, name) WHERE dropped_at IS NULL DO NOTHING
            """;

    private static final String REPLACE_TABLE = """
            UPDATE catalog_table
            SET name = :name, version = :version, definition = CAST(:definition AS jsonb),
                last_column_id = :lastColumnId, column_keys = CAST(:columnKeys AS jsonb),
                database_id = :database, remote_key = :remoteKey, stamp = NULL,
                seen_at = :now, changed_at = :now
            WHERE id = :id AND version = :version - 1 AND dropped_at IS NULL
            """;

    private static final String DROP_TABLE = """
            UPDATE catalog_table SET dropped_at = :now, version = version + 1 WHERE id = :id AND dropped_at IS NULL
            """;

    private static final String BY_PATH = TableRows.SELECT + """
            WHERE t.dropped_at IS NULL AND d.catalog = :catalog AND d.name = :database AND d.dropped_at IS NULL
              AND t.name = :name
            """;

    private static final String BY_ID = TableRows.SELECT + "WHERE t.dropped_at IS NULL AND t.id = :id";

    private static final String BY_PATHS = TableRows.SELECT + """
            JOIN unnest(:catalogs, :databases, :names) AS wanted (catalog, database, name)
              ON d.catalog = wanted.catalog AND d.name = wanted.database AND t.name = wanted.name
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL
            """;

    private static final String BY_IDS = TableRows.SELECT + "WHERE t.dropped_at IS NULL AND t.id = ANY(:ids)";

    private static final String LIST = """
            SELECT t.name, t.view, t.comment
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            WHERE t.dropped_at IS NULL AND d.catalog = :catalog AND d.name = :database AND d.dropped_at IS NULL
              AND t.name COLLATE "C" > :after AND (:text = '' OR strpos(lower(t.name), lower(:text)) > 0)
            ORDER BY t.name COLLATE "C"
            LIMIT :limit
            """;

    private final Jdbi jdbi;

    SqlMetastore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Outcome createDatabase(Database database, Instant now) {
        int created = jdbi.withHandle(handle -> handle.createUpdate(CREATE_DATABASE)
                .bind("id", UUID.randomUUID())
                .bind("catalog", database.path().catalog().value())
                .bind("name", database.name().value())
                .bind("comment", database.comment())
                .bind("now", utc(now))
                .execute());
        return created == 1 ? Outcome.DONE : Outcome.NAME_TAKEN;
    }

    @Override
    public Outcome dropDatabase(DatabasePath path, boolean cascade, Change change) {
        return jdbi.inTransaction(handle -> {
            Optional<UUID> id = database(handle, LOCK_DATABASE, path);
            if (id.isEmpty()) {
                return Outcome.MISSING;
            }
            boolean isUsed = handle.createQuery(IS_USED)
                    .bind("id", id.get())
                    .mapTo(Boolean.class)
                    .one();
            if (isUsed && !cascade) {
                return Outcome.NOT_EMPTY;
            }
            handle.createQuery(DROP_TABLES_OF)
                    .bind("id", id.get())
                    .bind("now", utc(change.at()))
                    .mapTo(String.class)
                    .list()
                    .forEach(table -> TableRows.remember(handle, table, change));
            SqlFunctionStore.dropAllOf(handle, id.get(), change);
            handle.createUpdate(DROP_DATABASE)
                    .bind("id", id.get())
                    .bind("now", utc(change.at()))
                    .execute();
            return Outcome.DONE;
        });
    }

    @Override
    public List<Database> databases(CatalogName catalog) {
        return jdbi.withHandle(handle -> handle.createQuery(DATABASES)
                .bind("catalog", catalog.value())
                .map((row, context) -> new Database(
                        DatabasePath.of(row.getString("catalog"), row.getString("name")), row.getString("comment")))
                .list());
    }

    @Override
    public Outcome createTable(Table table, Change change) {
        return jdbi.inTransaction(handle -> {
            Optional<UUID> database = shareDatabase(handle, table.path().parent());
            if (database.isEmpty()) {
                return Outcome.MISSING;
            }
            int created = TableRows.bind(handle.createUpdate(CREATE_TABLE), table)
                    .bind("database", database.get())
                    .bind("location", table.location().orElse(null))
                    .bind("remoteKey", table.remoteKey().orElse(null))
                    .bind("now", utc(change.at()))
                    .execute();
            return created == 1 ? TableRows.remember(handle, table.id().value(), change) : Outcome.NAME_TAKEN;
        });
    }

    @Override
    public Outcome replaceTable(Table next, Change change) {
        try {
            return jdbi.inTransaction(handle -> {
                Optional<UUID> database = shareDatabase(handle, next.path().parent());
                if (database.isEmpty()) {
                    return table(next.id()).isEmpty() ? Outcome.STALE : Outcome.MISSING;
                }
                int replaced = TableRows.bind(handle.createUpdate(REPLACE_TABLE), next)
                        .bind("remoteKey", next.remoteKey().orElse(null))
                        .bind("database", database.get())
                        .bind("now", utc(change.at()))
                        .execute();
                return replaced == 1 ? TableRows.remember(handle, next.id().value(), change) : Outcome.STALE;
            });
        } catch (UnableToExecuteStatementException e) {
            if (TableRows.isNameTaken(e)) {
                return Outcome.NAME_TAKEN;
            }
            throw e;
        }
    }

    @Override
    public Outcome dropTable(TableId id, Change change) {
        return jdbi.inTransaction(handle -> {
            int dropped = handle.createUpdate(DROP_TABLE)
                    .bind("id", id.value())
                    .bind("now", utc(change.at()))
                    .execute();
            return dropped == 1 ? TableRows.remember(handle, id.value(), change) : Outcome.MISSING;
        });
    }

    @Override
    public Optional<Table> table(TablePath path) {
        return jdbi.withHandle(handle -> in(handle.createQuery(BY_PATH), path.parent())
                .bind("name", path.table().value())
                .map((row, context) -> TableRows.table(row))
                .findOne());
    }

    @Override
    public Optional<Table> table(TableId id) {
        return jdbi.withHandle(handle -> handle.createQuery(BY_ID)
                .bind("id", id.value())
                .map((row, context) -> TableRows.table(row))
                .findOne());
    }

    @Override
    public List<Table> tables(Collection<TablePath> paths) {
        return jdbi.withHandle(handle -> handle.createQuery(BY_PATHS)
                .bindArray(
                        "catalogs",
                        String.class,
                        texts(paths, path -> path.parent().catalog()))
                .bindArray(
                        "databases",
                        String.class,
                        texts(paths, path -> path.parent().database()))
                .bindArray("names", String.class, texts(paths, TablePath::table))
                .map((row, context) -> TableRows.table(row))
                .list());
    }

    @Override
    public List<Table> tablesById(Collection<TableId> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(BY_IDS)
                .bindArray("ids", String.class, texts(ids, id -> id))
                .map((row, context) -> TableRows.table(row))
                .list());
    }

    private static <T> Object[] texts(Collection<T> all, Function<T, Object> part) {
        return all.stream().map(each -> part.apply(each).toString()).toArray();
    }

    @Override
    public List<ListedTable> list(DatabasePath path, TableFilter filter) {
        return jdbi.withHandle(handle -> in(handle.createQuery(LIST), path)
                .bind("text", filter.text())
                .bind("after", filter.after())
                .bind("limit", filter.limit())
                .map((row, context) -> new ListedTable(
                        new TableName(row.getString("name")), row.getBoolean("view"), row.getString("comment")))
                .list());
    }

    /** The id of a database, which cannot be dropped until the end of the transaction. */
    static Optional<UUID> shareDatabase(Handle handle, DatabasePath path) {
        return database(handle, SHARE_DATABASE, path);
    }

    private static Optional<UUID> database(Handle handle, String query, DatabasePath path) {
        return handle.createQuery(query)
                .bind("catalog", path.catalog().value())
                .bind("name", path.database().value())
                .mapTo(UUID.class)
                .findOne();
    }

    private static Query in(Query query, DatabasePath path) {
        return query.bind("catalog", path.catalog().value())
                .bind("database", path.database().value());
    }
}
