package io.millrace.core.connection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connections in memory; passes the contract. */
public final class InMemoryConnections implements ConnectionStore {
    private final Map<ConnectionName, Connection> connections = new TreeMap<>();
    private final List<ConnectionChange> history = new ArrayList<>();
    private long revision;

    @Override
    public synchronized boolean insert(Connection connection, ConnectionChange change) {
        if (connections.containsKey(connection.name())) {
            return false;
        }
        write(connection, change);
        return true;
    }

    @Override
    public synchronized boolean replace(Connection next, ConnectionChange change) {
        if (!isAt(next.id(), next.name(), next.version() - 1)) {
            return false;
        }
        write(next, change);
        return true;
    }

    @Override
    public synchronized boolean delete(Connection connection, ConnectionChange change) {
        if (!isAt(connection.id(), connection.name(), connection.version())) {
            return false;
        }
        connections.remove(connection.name());
        history.add(change.written(history.size() + 1L));
        revision++;
        return true;
    }

    @Override
    public synchronized boolean reseal(ConnectionId id, long version, Map<String, StoredSecret> secrets) {
        Optional<Connection> found = connections.values().stream()
                .filter(each -> each.id().equals(id) && each.version() == version)
                .findFirst();
        found.ifPresent(each -> {
            connections.put(each.name(), each.resealed(secrets));
            revision++;
        });
        return found.isPresent();
    }

    @Override
    public synchronized Optional<Connection> find(ConnectionName name) {
        return Optional.ofNullable(connections.get(name));
    }

    @Override
    public synchronized List<Connection> all() {
        return List.copyOf(connections.values());
    }

    @Override
    public synchronized List<ConnectionChange> history(ConnectionName name, long before, int limit) {
        return history.stream()
                .filter(change -> change.name().equals(name))
                .filter(change -> change.number() < before)
                .sorted(Comparator.comparingLong(ConnectionChange::number).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long revision() {
        return revision;
    }

    private boolean isAt(ConnectionId id, ConnectionName name, long version) {
        Connection stored = connections.get(name);
        return stored != null && stored.id().equals(id) && stored.version() == version;
    }

    private void write(Connection connection, ConnectionChange change) {
        connections.put(connection.name(), connection);
        history.add(change.written(history.size() + 1L));
        revision++;
    }
}
