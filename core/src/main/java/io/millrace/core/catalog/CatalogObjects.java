package io.millrace.core.catalog;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;

/**
 * What catalogs hold, as things on which privileges are granted. Tables and functions keep theirs when renamed.
 */
public final class CatalogObjects {
    private CatalogObjects() {}

    public static Securable of(CatalogName catalog) {
        return Securable.top(Kind.CATALOG, catalog.value(), catalog.value());
    }

    public static Securable of(DatabasePath path) {
        String database = path.database().value();
        return of(path.catalog()).child(Kind.DATABASE, path.catalog() + "/" + database, path.toString());
    }

    public static Securable of(Table table) {
        return table(table.id(), table.path());
    }

    public static Securable table(TableId id, TablePath path) {
        return of(path.parent()).child(Kind.TABLE, id.value(), path.toString());
    }

    public static Securable of(RegisteredFunction function) {
        return of(function.path().parent())
                .child(Kind.FUNCTION, function.id().value(), function.path().toString());
    }
}
