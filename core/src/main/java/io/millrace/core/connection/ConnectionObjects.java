package io.millrace.core.connection;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;

/** Connections as things on which privileges are granted. */
public final class ConnectionObjects {
    private ConnectionObjects() {}

    public static Securable of(Connection connection) {
        return Securable.top(
                Kind.CONNECTION, connection.id().toString(), connection.name().value());
    }

    /** The catalog, or the database of one, that a connection brings. */
    public static Securable broughtBy(Connection connection) {
        String name = connection.name().value();
        return connection.kind().shape() == ConnectionKind.Shape.CATALOG
                ? CatalogObjects.of(new CatalogName(name))
                : CatalogObjects.of(
                        new DatabasePath(new CatalogName(connection.kind().word()), new DatabaseName(name)));
    }
}
