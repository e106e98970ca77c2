package io.millrace.server.catalog;

import static io.millrace.server.catalog.TableRows.utc;

import io.millrace.api.Json;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TableRef;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@link SqlMetastore} keeps of fetched tables besides. */
final class SqlFetchedTables implements FetchedTables {
    private static final String BY_KEY = TableRows.SELECT + """
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND t.remote_key = :key
            """;

    private static final String BY_KEYS = TableRows.SELECT + """
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND t.remote_key = ANY(:keys)
            """;

    private static final String STAMPS = """
            SELECT t.id, t.version, t.name, t.remote_key, coalesce(t.stamp, '') AS stamp
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND d.name = :database
              AND t.remote_key IS NOT NULL
            """;

    /** A table that was there says that its database was. */
    private static final String DATABASES = """
            SELECT d.catalog, d.name, d.comment, greatest(d.created_at, max(t.seen_at)) AS as_of
            FROM catalog_database d
            LEFT JOIN catalog_table t ON t.database_id = d.id AND t.dropped_at IS NULL
            WHERE d.catalog = :catalog AND d.dropped_at IS NULL
            GROUP BY d.id
            ORDER BY d.name COLLATE "C"
            """;

    private static final String LIST = """
            SELECT t.name, t.view, t.comment, t.seen_at AS as_of
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            WHERE t.dropped_at IS NULL AND d.catalog = :catalog AND d.name = :database AND d.dropped_at IS NULL
              AND t.remote_key IS NOT NULL
              AND t.name COLLATE "C" > :after AND (:text = '' OR strpos(lower(t.name), lower(:text)) > 0)
            ORDER BY t.name COLLATE "C"
            LIMIT :limit
            """;

    private static final String CREATE = """
            INSERT INTO catalog_table
                (id, database_id, name, version, definition, last_column_id, column_keys, remote_key, stamp, seen_at,
                 created_at, changed_at)
            SELECT id, :database, name, 1, CAST(definition AS jsonb), last_column_id, CAST(column_keys AS jsonb),
                   remote_key, stamp, :now, :now, :now
            FROM unnest(:ids, :names, :definitions, :lastColumnIds, :columnKeys, :keys, :stamps)
                AS new (id, name, definition, last_column_id, column_keys, remote_key, stamp)
            ON CONFLICT (database_id, name) WHERE dropped_at IS NULL DO NOTHING
            RETURNING id
            """;

    private static final String SEEN = """
            UPDATE catalog_table SET seen_at = :at, stamp = :stamp WHERE id = :id AND dropped_at IS NULL
            """;

    private static final String AMEND = """
            UPDATE catalog_table SET definition = CAST(:definition AS jsonb), column_keys = CAST(:columnKeys AS jsonb)
            WHERE id = :id AND version = :version AND dropped_at IS NULL
            """;

    private static final String AMEND_VERSION = """
            UPDATE catalog_table_version SET definition = CAST(:definition AS jsonb)
            WHERE table_id = :id AND version = :version
            """;

    private final Jdbi jdbi;

    SqlFetchedTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<Seen> find(CatalogName catalog, String key) {
        return jdbi.withHandle(handle -> handle.createQuery(BY_KEY)
                .bind("catalog", catalog.value())
                .bind("key", key)
                .map((row, context) -> seen(row))
                .findFirst());
    }

    @Override
    public Map<String, Seen> find(CatalogName catalog, Collection<String> keys) {
        return jdbi.withHandle(handle -> {
            Map<String, Seen> found = new HashMap<>();
            handle.createQuery(BY_KEYS)
                    .bind("catalog", catalog.value())
                    .bindArray("keys", String.class, keys.toArray())
                    .map((row, context) -> seen(row))
                    .forEach(seen -> found.put(seen.table().remoteKey().orElseThrow(), seen));
            return found;
        });
    }

    @Override
    public Map<String, Stamped> stamps(DatabasePath database) {
        return jdbi.withHandle(handle -> {
            Map<String, Stamped> stamps = new HashMap<>();
            handle.createQuery(STAMPS)
                    .bind("catalog", database.catalog().value())
                    .bind("database", database.database().value())
                    .map((row, context) -> stamps.put(
                            row.getString("remote_key"),
                            new Stamped(
                                    new TableRef(new TableId(row.getString("id")), row.getLong("version")),
                                    database.table(new TableName(row.getString("name"))),
                                    row.getString("stamp"))))
                    .list();
            return stamps;
        });
    }

    @Override
    public List<Database> known(CatalogName catalog) {
        return jdbi.withHandle(handle -> handle.createQuery(DATABASES)
                .bind("catalog", catalog.value())
                .map((row, context) -> new Database(
                        DatabasePath.of(row.getString("catalog"), row.getString("name")),
                        row.getString("comment"),
                        asOf(row)))
                .list());
    }

    @Override
    public List<ListedTable> known(DatabasePath database, TableFilter filter) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("catalog", database.catalog().value())
                .bind("database", database.database().value())
                .bind("text", filter.text())
                .bind("after", filter.after())
                .bind("limit", filter.limit())
                .map((row, context) -> new ListedTable(
                        new TableName(row.getString("name")),
                        row.getBoolean("view"),
                        row.getString("comment"),
                        asOf(row)))
                .list());
    }

    @Override
    public Set<TableId> create(DatabasePath database, List<Seen> tables, Change change) {
        List<String> created = jdbi.inTransaction(handle -> {
            Optional<UUID> row = SqlMetastore.shareDatabase(handle, database);
            if (row.isEmpty()) {
                return List.of();
            }
            List<String> ids = bind(handle.createQuery(CREATE), tables)
                    .bind("database", row.get())
                    .bind("now", utc(change.at()))
                    .mapTo(String.class)
                    .list();
            TableRows.remember(handle, ids, change);
            return ids;
        });
        return created.stream().map(TableId::new).collect(Collectors.toSet());
    }

    private static Query bind(Query query, List<Seen> tables) {
        return query.bindArray(
                        "ids", String.class, each(tables, table -> table.id().value()))
                .bindArray(
                        "names",
                        String.class,
                        each(tables, table -> table.path().table().value()))
                .bindArray(
                        "definitions", String.class, each(tables, table -> Json.write(CatalogViews.definition(table))))
                .bindArray(
                        "lastColumnIds",
                        Integer.class,
                        each(tables, table -> table.columnIds().last()))
                .bindArray("columnKeys", String.class, each(tables, TableRows::columnKeys))
                .bindArray(
                        "keys",
                        String.class,
                        each(tables, table -> table.remoteKey().orElseThrow()))
                .bindArray(
                        "stamps", String.class, tables.stream().map(Seen::stamp).toArray());
    }

    private static Object[] each(List<Seen> tables, Function<Table, Object> part) {
        return tables.stream().map(seen -> part.apply(seen.table())).toArray();
    }

    @Override
    public void seen(TableId id, String stamp, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate(SEEN)
                .bind("id", id.value())
                .bind("stamp", stamp)
                .bind("at", utc(at))
                .execute());
    }

    @Override
    public void amend(Table same) {
        String definition = Json.write(CatalogViews.definition(same));
        jdbi.useTransaction(handle -> {
            handle.createUpdate(AMEND)
                    .bind("id", same.id().value())
                    .bind("version", same.version())
                    .bind("definition", definition)
                    .bind("columnKeys", TableRows.columnKeys(same))
                    .execute();
            handle.createUpdate(AMEND_VERSION)
                    .bind("id", same.id().value())
                    .bind("version", same.version())
                    .bind("definition", definition)
                    .execute();
        });
    }

    private static Optional<Instant> asOf(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("as_of", OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Seen seen(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("seen_at", OffsetDateTime.class);
        String stamp = row.getString("stamp");
        return new Seen(TableRows.table(row), at == null ? Instant.EPOCH : at.toInstant(), stamp == null ? "" : stamp);
    }
}
