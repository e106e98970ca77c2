package io.millrace.server.catalog;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.Guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps people from reaching data by a second table: whoever makes one over a topic, table or folder that another table
 * is over needs the rights on the other one too.
 */
final class SharedData {
    private static final TableId NEW = new TableId("new");

    private final Twins twins;

    SharedData(Twins twins) {
        this.twins = twins;
    }

    /** For a table that is about to be made. */
    void check(Guard guard, Catalog catalog, TablePath path, TableSpec spec) {
        if (!guard.rights().all() && !spec.isView()) {
            check(guard, catalog, Table.registered(NEW, path, spec, Optional.empty()));
        }
    }

    /** For a table that is about to be changed; what it is over already is its own. */
    void check(Guard guard, Catalog catalog, Table current, Alteration wanted) {
        if (guard.rights().all()
                || current.remoteKey().isPresent()
                || wanted.spec().isView()) {
            return;
        }
        Table next = current.changed(wanted.with(wanted.spec().keepingConnectorOf(current.spec())));
        Map<String, String> before = catalog.identity(current);
        if (!catalog.identity(next).equals(before)) {
            check(guard, catalog, next);
        }
    }

    private void check(Guard guard, Catalog catalog, Table table) {
        List<Table> others = twins.overlapping(catalog, table);
        for (Table other : others) {
            Securable object = CatalogObjects.of(other);
            boolean known = guard.may(Privilege.DESCRIBE, object);
            for (Privilege privilege : List.of(Privilege.READ, Privilege.WRITE)) {
                if (!guard.may(privilege, object)) {
                    throw known ? guard.denied(privilege, object) : refused(table);
                }
            }
        }
    }

    /** Without a word about what it is that the caller cannot see. */
    private static MillraceException refused(Table table) {
        return new MillraceException(
                ErrorCode.ACCESS_DENIED,
                "Table '" + table.path() + "' would be over data on which you have no rights.");
    }
}
