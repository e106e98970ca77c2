package io.millrace.server.catalog;

import io.millrace.core.access.Securable.Kind;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds tables, views and functions over all catalogs by words. */
final class SqlCatalogSearch {
    private static final String SEARCH = """
            WITH found AS (
                SELECT t.database_id, t.id, t.name, 'TABLE' AS kind, t.definition, NULL AS class_name
                FROM catalog_table t
                WHERE t.dropped_at IS NULL AND t.search_text LIKE ALL(:patterns)
                UNION ALL
                SELECT f.database_id, f.id, f.name, 'FUNCTION', NULL, f.class_name
                FROM catalog_function f
                WHERE f.dropped_at IS NULL AND lower(f.name || ' ' || f.class_name) LIKE ALL(:patterns))
            SELECT d.catalog, d.name AS database, found.id, found.name, kind, definition, class_name
            FROM found
            JOIN catalog_database d ON d.id = found.database_id
            WHERE d.dropped_at IS NULL AND d.catalog = ANY(:catalogs)
              AND (d.catalog COLLATE "C", d.name COLLATE "C", found.name COLLATE "C", kind)
                  > (:catalog, :database, :name, :kind)
            ORDER BY d.catalog COLLATE "C", d.name COLLATE "C", found.name COLLATE "C", kind
            LIMIT :limit
            """;

    private final Jdbi jdbi;

    SqlCatalogSearch(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Tables and views in whose names, columns and comments, and functions in whose names and classes, all {@code words}
     * occur, in any case, behind {@code after}.
     */
    List<Found> search(List<String> words, List<String> catalogs, Found.Place after, int limit) {
        String[] patterns = words.stream()
                .map(word -> "%" + escaped(word.toLowerCase(Locale.ROOT)) + "%")
                .toArray(String[]::new);
        return jdbi.withHandle(handle -> handle.createQuery(SEARCH)
                .bindArray("catalogs", String.class, catalogs)
                .bindArray("patterns", String.class, (Object[]) patterns)
                .bind("catalog", after.catalog())
                .bind("database", after.database())
                .bind("name", after.name())
                .bind("kind", after.kind())
                .bind("limit", limit)
                .map((row, context) -> found(row))
                .list());
    }

    private static Found found(ResultSet row) throws SQLException {
        Optional<String> className = Optional.ofNullable(row.getString("class_name"));
        DatabasePath database = new DatabasePath(
                new CatalogName(row.getString("catalog")), new DatabaseName(row.getString("database")));
        String name = row.getString("name");
        return new Found(
                CatalogObjects.of(database)
                        .child(
                                className.isPresent() ? Kind.FUNCTION : Kind.TABLE,
                                row.getString("id"),
                                database + "." + name),
                new Found.Place(
                        row.getString("catalog"),
                        row.getString("database"),
                        row.getString("name"),
                        row.getString("kind")),
                className.isPresent() ? Optional.empty() : Optional.of(CatalogViews.spec(TableRows.definition(row))),
                className);
    }

    private static String escaped(String word) {
        return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
