package io.millrace.server.catalog;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.server.access.Guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables of a database that a caller may see. Nearly all tables are as their database; only those on which something
 * was granted or denied are looked at one by one.
 */
final class VisibleTables {
    private final Metastore metastore;
    private final Guard guard;

    VisibleTables(Metastore metastore, Guard guard) {
        this.metastore = metastore;
        this.guard = guard;
    }

    /** {@code list} lists all of the database. */
    List<ListedTable> of(
            Rights rights, DatabasePath path, TableFilter filter, Function<TableFilter, List<ListedTable>> list) {
        Securable database = CatalogObjects.of(path);
        boolean usual = rights.may(Privilege.DESCRIBE, database);
        List<Table> special = special(rights, path);
        return usual ? withoutHidden(rights, special, filter, list) : shown(rights, special, filter);
    }

    /** Fails unless the caller has a privilege on all tables and functions of a database. */
    void requireAll(Rights rights, Privilege privilege, DatabasePath path) {
        special(rights, path).forEach(table -> guard.require(privilege, CatalogObjects.of(table)));
        Securable database = CatalogObjects.of(path);
        ids(rights, database, Kind.FUNCTION)
                .forEach(id -> guard.require(privilege, database.child(Kind.FUNCTION, id, path + "." + id)));
    }

    private List<Table> special(Rights rights, DatabasePath path) {
        Set<TableId> ids = ids(rights, CatalogObjects.of(path), Kind.TABLE).stream()
                .map(TableId::new)
                .collect(Collectors.toSet());
        return ids.isEmpty() ? List.of() : metastore.tablesById(ids);
    }

    private static Set<String> ids(Rights rights, Securable database, Kind kind) {
        String prefix = kind.word() + ":";
        return rights.below(database).stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    private static List<ListedTable> shown(Rights rights, List<Table> special, TableFilter filter) {
        return special.stream()
                .filter(table -> rights.may(Privilege.DESCRIBE, CatalogObjects.of(table)))
                .map(table -> new ListedTable(
                        table.path().table(),
                        table.spec().isView(),
                        table.spec().comment().orElse("")))
                .filter(table -> filter.takes(table.name()))
                .sorted(Comparator.comparing(table -> table.name().value()))
                .limit(filter.limit())
                .toList();
    }

    private static List<ListedTable> withoutHidden(
            Rights rights, List<Table> special, TableFilter filter, Function<TableFilter, List<ListedTable>> list) {
        Set<TableName> hidden = special.stream()
                .filter(table -> !rights.may(Privilege.DESCRIBE, CatalogObjects.of(table)))
                .map(table -> table.path().table())
                .collect(Collectors.toSet());
        List<ListedTable> shown = new ArrayList<>();
        TableFilter next = filter;
        while (true) {
            List<ListedTable> some = list.apply(next);
            some.stream().filter(table -> !hidden.contains(table.name())).forEach(shown::add);
            if (some.size() < next.limit() || shown.size() >= filter.limit()) {
                return shown.stream().limit(filter.limit()).toList();
            }
            next = new TableFilter(
                    filter.text(), some.get(some.size() - 1).name().value(), filter.limit());
        }
    }
}
