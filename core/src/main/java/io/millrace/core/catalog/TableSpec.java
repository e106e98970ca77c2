package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a table is, without name and identity. That its parts fit together is for {@link TableRules} to say, so that a
 * user sees everything that is wrong at once.
 *
 * @param columns in order; for a view the columns of its result
 * @param options what the user set, sorted by key; platform options never appear here
 * @param view the query of a view; empty for a table
 */
public record TableSpec(
        List<Column> columns,
        Optional<PrimaryKey> primaryKey,
        List<Watermark> watermarks,
        List<String> partitionKeys,
        Map<String, String> options,
        Optional<String> comment,
        Optional<ViewQuery> view) {
    public TableSpec {
        columns = List.copyOf(columns);
        requireNonNull(primaryKey, "primaryKey");
        watermarks = List.copyOf(watermarks);
        partitionKeys = List.copyOf(partitionKeys);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        requireNonNull(comment, "comment");
        requireNonNull(view, "view");
    }

    /** A table of physical columns and nothing else. */
    public static TableSpec of(List<Column> columns, Map<String, String> options) {
        return new TableSpec(
                columns, Optional.empty(), List.of(), List.of(), options, Optional.empty(), Optional.empty());
    }

    /** With the connector that {@code before} had, unless this table names one itself. */
    public TableSpec keepingConnectorOf(TableSpec before) {
        String connector = before.options().get(Options.CONNECTOR);
        if (connector == null || isView() || options.containsKey(Options.CONNECTOR)) {
            return this;
        }
        Map<String, String> kept = new TreeMap<>(options);
        kept.put(Options.CONNECTOR, connector);
        return new TableSpec(columns, primaryKey, watermarks, partitionKeys, kept, comment, view);
    }

    /** With other comments: {@code commented} are the same columns. */
    public TableSpec with(List<Column> commented, Optional<String> own) {
        return new TableSpec(commented, primaryKey, watermarks, partitionKeys, options, own, view);
    }

    /** The same without comments, on which no plan depends. */
    public TableSpec uncommented() {
        List<Column> plain = columns.stream()
                .map(column -> column.commented(Optional.empty()))
                .toList();
        return with(plain, Optional.empty());
    }

    public boolean isView() {
        return view.isPresent();
    }
}
