package io.millrace.server.catalog;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobObjects;
import io.millrace.core.lineage.Dependent;
import io.millrace.core.lineage.Dependents;
import io.millrace.core.lineage.Maker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Says who reads what is taken away or changed: by name if the caller may see it, as a number otherwise. It is a warning:
 * people may know what they do.
 */
final class Affected {
    private static final int MOST = 10;
    private static final int PARTS = 3;

    private final Dependents dependents;
    private final Supplier<Rights> rights;

    /** {@code rights} are those of the caller at hand. */
    Affected(Dependents dependents, Supplier<Rights> rights) {
        this.dependents = dependents;
        this.rights = rights;
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

    private List<String> sentence(String what, List<Dependent> readers) {
        return byMakers(what, readers.stream().map(Dependent::maker).toList(), rights.get());
    }

    /** At most one sentence; {@code what} is its begin, such as "Table 'x' is read". */
    static List<String> byMakers(String what, List<Maker> makers, Rights rights) {
        Map<Boolean, Set<String>> names = new HashMap<>(Map.of(true, new TreeSet<>(), false, new TreeSet<>()));
        makers.forEach(maker -> names.get(isVisible(maker, rights))
                .add((maker.kind() == Maker.Kind.JOB ? "job '" : "view '") + maker.name() + "'"));
        List<String> seen = List.copyOf(names.get(true));
        int unseen = names.get(false).size();
        if (seen.isEmpty() && unseen == 0) {
            return List.of();
        }
        List<String> who = new ArrayList<>();
        if (!seen.isEmpty()) {
            String more = seen.size() > MOST ? " and " + (seen.size() - MOST) + " more" : "";
            who.add(String.join(", ", seen.subList(0, Math.min(MOST, seen.size()))) + more);
        }
        if (unseen > 0) {
            who.add(unseen + (unseen == 1 ? " job or view" : " jobs or views") + " that you cannot see");
        }
        return List.of(what + " by " + String.join(", and by ", who)
                + "; what runs goes on with what it was planned with, a next start may fail.");
    }

    private static boolean isVisible(Maker maker, Rights rights) {
        return rights.all()
                || object(maker)
                        .filter(made -> rights.may(Privilege.DESCRIBE, made))
                        .isPresent();
    }

    /** Empty for a view whose name does not say where it is, because there are dots in it. */
    private static Optional<Securable> object(Maker maker) {
        if (maker.workspace().isPresent()) {
            return Optional.of(JobObjects.of(maker.workspace().get(), JobId.fromString(maker.id()), maker.name()));
        }
        String[] path = maker.name().split("\\.");
        return path.length == PARTS
                ? Optional.of(CatalogObjects.table(new TableId(maker.id()), TablePath.of(path[0], path[1], path[2])))
                : Optional.empty();
    }
}
