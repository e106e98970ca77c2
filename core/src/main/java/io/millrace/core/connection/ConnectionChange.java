package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One entry of a connection's history.
 *
 * @param number its place in the history of all connections; 0 until it is written
 * @param version the version that came to be; for DELETED the one that was deleted
 * @param fields the names of the fields and secrets that changed, sorted; never their values
 */
public record ConnectionChange(
        long number,
        ConnectionId id,
        ConnectionName name,
        long version,
        What what,
        String by,
        Instant at,
        List<String> fields) {
    public ConnectionChange {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(what, "what");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        fields = List.copyOf(fields);
    }

    /** The entry for {@code connection} as it is now. */
    public static ConnectionChange of(Connection connection, What what, Connection.Author author, Set<String> fields) {
        return new ConnectionChange(
                0,
                connection.id(),
                connection.name(),
                connection.version(),
                what,
                author.name(),
                author.at(),
                fields.stream().sorted().toList());
    }

    /** The entry in its place. */
    public ConnectionChange written(long place) {
        return new ConnectionChange(place, id, name, version, what, by, at, fields);
    }

    /** What happened. */
    public enum What {
        CREATED,
        CHANGED,
        DELETED
    }
}
