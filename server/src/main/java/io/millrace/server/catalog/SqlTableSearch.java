package io.millrace.server.catalog;

import io.millrace.api.Json;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds tables by what is in their definitions or made them. */
final class SqlTableSearch {
    private static final String SAME_OPTIONS = """
            SELECT d.catalog, d.name AS database, t.name
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND d.name = ANY(:databases)
              AND t.id <> :id AND NOT t.view
              AND t.definition -> 'options' @> CAST(:options AS jsonb)
            ORDER BY d.name COLLATE "C", t.name COLLATE "C"
            LIMIT :limit
            """;

    private static final String OVERLAPPING = TableRows.SELECT + """
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND d.name = ANY(:databases)
              AND t.id <> :id AND NOT t.view
              AND regexp_split_to_array(t.definition -> 'options' ->> :key, '\\s*;\\s*') && CAST(:parts AS text[])
            """;

    private static final String BY_STATEMENT = """
            SELECT d.catalog, d.name AS database, t.name
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            JOIN catalog_table_version v ON v.table_id = t.id
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND d.name = :database
              AND v.at >= :since AND v.statement = :statement
            ORDER BY v.at DESC
            LIMIT 1
            """;

    private final Jdbi jdbi;

    SqlTableSearch(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Other tables of some databases of a catalog that have the same values of these options. */
    List<TablePath> sameOptions(
            CatalogName catalog, List<String> databases, TableId but, Map<String, String> options, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(SAME_OPTIONS)
                .bind("catalog", catalog.value())
                .bindArray("databases", String.class, databases)
                .bind("id", but.value())
                .bind("options", Json.write(options))
                .bind("limit", limit)
                .map((row, context) ->
                        TablePath.of(row.getString("catalog"), row.getString("database"), row.getString("name")))
                .list());
    }

    /**
     * Other tables of some databases of a catalog that share a value of one of these options; values can be lists with
     * semicolons between.
     */
    List<Table> overlapping(CatalogName catalog, List<String> databases, TableId but, Map<String, String> options) {
        return jdbi.withHandle(handle -> options.entrySet().stream()
                .flatMap(option -> handle
                        .createQuery(OVERLAPPING)
                        .bind("catalog", catalog.value())
                        .bindArray("databases", String.class, databases)
                        .bind("id", but.value())
                        .bind("key", option.getKey())
                        .bindArray("parts", String.class, (Object[])
                                option.getValue().strip().split("\\s*;\\s*"))
                        .map((row, context) -> TableRows.table(row))
                        .stream())
                .toList());
    }

    /** The table or view of a database that {@code statement} made since then. */
    Optional<TablePath> byStatement(DatabasePath database, String statement, Instant since) {
        return jdbi.withHandle(handle -> handle.createQuery(BY_STATEMENT)
                .bind("catalog", database.catalog().value())
                .bind("database", database.database().value())
                .bind("statement", statement)
                .bind("since", TableRows.utc(since))
                .map((row, context) ->
                        TablePath.of(row.getString("catalog"), row.getString("database"), row.getString("name")))
                .findFirst());
    }
}
