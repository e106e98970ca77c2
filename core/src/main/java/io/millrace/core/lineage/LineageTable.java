package io.millrace.core.lineage;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.TableId;

import java.util.Optional;

/**
 * A table, view or temporary table in the graph.
 *
 * @param key tells it from all others: its id in the metastore; for one that is not there (yet) its full name; for a
 *     temporary one a name of its maker's
 */
public record LineageTable(String key, String catalog, String database, String name, boolean temporary) {
    private static final String TEMPORARY = "temporary:";

    public LineageTable {
        requireNonNull(key, "key");
        requireNonNull(catalog, "catalog");
        requireNonNull(database, "database");
        requireNonNull(name, "name");
    }

    /** As an analysis names it. */
    public static LineageTable of(
            Optional<TableId> id, String catalog, String database, String name, boolean temporary) {
        String path = catalog + "." + database + "." + name;
        String key = temporary ? TEMPORARY + path : id.map(TableId::value).orElse(path);
        return new LineageTable(key, catalog, database, name, temporary);
    }

    /** The same, but a temporary table becomes one that is told from those of other makers. */
    public LineageTable of(Maker maker) {
        return temporary
                ? new LineageTable(TEMPORARY + maker.id() + ":" + path(), catalog, database, name, true)
                : this;
    }

    /** For people. */
    public String path() {
        return catalog + "." + database + "." + name;
    }
}
