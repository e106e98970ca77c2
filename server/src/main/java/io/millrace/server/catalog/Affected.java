package io.millrace.server.catalog;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.lineage.Dependent;
import io.millrace.core.lineage.Dependents;
import io.millrace.core.lineage.Maker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says who reads what is taken away or changed. It is a warning: people may know what they do. */
final class Affected {
    private static final int MOST = 10;

    private final Dependents dependents;

    Affected(Dependents dependents) {
        this.dependents = dependents;
    }

    /** At most one sentence. */
    List<String> byDrop(Table table) {
        String kind = table.spec().isView() ? "View" : "Table";
        return sentence(kind + " '" + table.path() + "' is read", dependents.of(table.id(), Set.of()));
    }

    /** At most one sentence, about a database or, without one, a catalog that goes with its tables. */
    List<String> byDrop(CatalogName catalog, Optional<DatabaseName> database) {
        String what = database.map(name -> "database '" + new DatabasePath(catalog, name) + "'")
                .orElse("catalog '" + catalog + "'");
        return sentence("What is in " + what + " is read", dependents.of(catalog, database));
    }

    /** At most one sentence, about a table that is renamed, or columns that are gone or are made in another way. */
    List<String> byChange(Table table, Alteration next) {
        if (!next.name().equals(table.path().table())) {
            return byDrop(table);
        }
        Set<String> columns = touched(table.spec(), next.spec());
        if (columns.isEmpty()) {
            return List.of();
        }
        String what = (columns.size() == 1 ? "Column " : "Columns ")
                + columns.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")) + " of '"
                + table.path() + (columns.size() == 1 ? "' is read" : "' are read");
        return sentence(what, dependents.of(table.id(), columns));
    }

    private static Set<String> touched(TableSpec before, TableSpec after) {
        Map<String, Column> left = new HashMap<>();
        after.columns().forEach(column -> left.put(column.name(), column));
        Set<String> touched = new TreeSet<>();
        for (Column column : before.columns()) {
            Column now = left.get(column.name());
            if (now == null || !now.commented(column.comment()).equals(column)) {
                touched.add(column.name());
            }
        }
        return touched;
    }

    private static List<String> sentence(String what, List<Dependent> readers) {
        return byMakers(what, readers.stream().map(Dependent::maker).toList());
    }

    /** At most one sentence; {@code what} is its begin, such as "Table 'x' is read". */
    static List<String> byMakers(String what, List<Maker> makers) {
        List<String> names = makers.stream()
                .map(maker -> (maker.kind() == Maker.Kind.JOB ? "job '" : "view '") + maker.name() + "'")
                .distinct()
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        String some = String.join(", ", names.subList(0, Math.min(MOST, names.size())));
        String more = names.size() > MOST ? " and " + (names.size() - MOST) + " more" : "";
        return List.of(what + " by " + some + more
                + "; what runs goes on with what it was planned with, a next start may fail.");
    }
}
