package io.millrace.server.connection;

import io.millrace.core.connection.Connection;

import java.util.List;

/** What the catalogs know of a connection's use. Implemented by them, so that this feature need not know them. */
public interface ConnectionUse {
    /**
     * Gives up what is empty of the connection's database or catalog, so that nothing new can be registered in it.
     *
     * @return the names of tables that still need it, a few if there are many; empty if it can go
     */
    List<String> release(Connection connection);
}
