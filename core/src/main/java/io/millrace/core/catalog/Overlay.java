package io.millrace.core.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the platform adds to a table whose structure its store knows: computed and metadata columns, watermarks, and
 * options that the store has no place for. Pure.
 *
 * @param watermarks on columns of the store or of this overlay
 * @param options those that the store does not keep
 */
public record Overlay(List<Placed> columns, List<Watermark> watermarks, Map<String, String> options) {
    public Overlay {
        columns = List.copyOf(columns);
        watermarks = List.copyOf(watermarks);
        options = Map.copyOf(options);
    }

    /** What of {@code whole} the store does not keep; {@code kept} says which options it does. */
    public static Overlay of(TableSpec whole, Predicate<String> kept) {
        List<Placed> columns = new ArrayList<>();
        Optional<String> previous = Optional.empty();
        for (Column column : whole.columns()) {
            if (column.kind() != ColumnKind.PHYSICAL) {
                columns.add(new Placed(column, previous));
            }
            previous = Optional.of(column.name());
        }
        Map<String, String> options = new TreeMap<>(whole.options());
        options.keySet().removeIf(kept);
        return new Overlay(columns, whole.watermarks(), options);
    }

    /** Where columns of the store have other names now, by their old ones. Expressions still say the old ones. */
    public Overlay renamed(Map<String, String> names) {
        List<Placed> placed = columns.stream()
                .map(each -> new Placed(each.column(), each.after().map(name -> names.getOrDefault(name, name))))
                .toList();
        return new Overlay(placed, watermarks, options);
    }

    /** What of {@code whole} the store keeps. */
    public static TableSpec physical(TableSpec whole, Predicate<String> kept) {
        List<Column> columns = whole.columns().stream()
                .filter(column -> column.kind() == ColumnKind.PHYSICAL)
                .toList();
        Map<String, String> options = new TreeMap<>(whole.options());
        options.keySet().removeIf(kept.negate());
        return new TableSpec(
                columns, whole.primaryKey(), List.of(), whole.partitionKeys(), options, whole.comment(), whole.view());
    }

    /**
     * The whole table. A column of the store hides one of the same name here; a watermark whose column the store has no
     * more is left out.
     */
    public TableSpec over(TableSpec physical) {
        List<Column> all = new ArrayList<>(physical.columns());
        Set<String> names = new HashSet<>();
        all.forEach(column -> names.add(column.name()));
        for (Placed placed : columns) {
            if (names.add(placed.column().name())) {
                all.add(placeOf(placed, all), placed.column());
            }
        }
        List<Watermark> known = watermarks.stream()
                .filter(each -> names.contains(each.column()) || names.contains(rootOf(each.column())))
                .toList();
        Map<String, String> options = new TreeMap<>(this.options);
        options.putAll(physical.options());
        return new TableSpec(
                all,
                physical.primaryKey(),
                known,
                physical.partitionKeys(),
                options,
                physical.comment(),
                physical.view());
    }

    private static int placeOf(Placed placed, List<Column> all) {
        if (placed.after().isEmpty()) {
            return 0;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(placed.after().get())) {
                return i + 1;
            }
        }
        return all.size();
    }

    private static String rootOf(String column) {
        int dot = column.indexOf('.');
        return dot < 0 ? column : column.substring(0, dot);
    }

    /**
     * A column and its place.
     *
     * @param after the column before it; empty if it is the first
     */
    public record Placed(Column column, Optional<String> after) {}
}
