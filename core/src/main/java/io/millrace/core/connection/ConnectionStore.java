package io.millrace.core.connection;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where connections live. Two implementations, SQL and in-memory, pass one contract test. Every change is written with
 * its history completely or not at all, also when the server dies.
 */
public interface ConnectionStore {
    /** False if the name is taken. Ids are made by the caller. */
    boolean insert(Connection connection, ConnectionChange change);

    /** Writes {@code next} if the stored version is {@code next.version() - 1}; false if somebody was first. */
    boolean replace(Connection next, ConnectionChange change);

    /** False unless the stored version is that of {@code connection}. The name is free again; the history stays. */
    boolean delete(Connection connection, ConnectionChange change);

    /** Puts newly sealed secrets in the place of the old; false if the connection is not in {@code version} any more. */
    boolean reseal(ConnectionId id, long version, Map<String, StoredSecret> secrets);

    Optional<Connection> find(ConnectionName name);

    /** All of them, sorted by name. */
    List<Connection> all();

    /** The newest first, beginning below the number {@code before}. Survives the connection. */
    List<ConnectionChange> history(ConnectionName name, long before, int limit);

    /** Differs after each change of any connection. Cheap: asked before each use of what was read earlier. */
    long revision();
}
