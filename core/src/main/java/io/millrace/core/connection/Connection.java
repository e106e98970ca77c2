package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How one store is reached. Immutable; a change is a new value with the next version. Name and kind stay for good.
 *
 * @param secrets by field; sealed, or references
 * @param changedBy who made this version
 */
public record Connection(
        ConnectionId id,
        ConnectionName name,
        ConnectionKind kind,
        ConnectionFields fields,
        Map<String, StoredSecret> secrets,
        String comment,
        long version,
        String changedBy,
        Instant createdAt,
        Instant changedAt) {
    public Connection {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(fields, "fields");
        secrets = Map.copyOf(secrets);
        requireNonNull(comment, "comment");
        requireNonNull(changedBy, "changedBy");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
        if (version < 1) {
            throw new IllegalArgumentException("version starts at 1, got " + version);
        }
    }

    /** Somebody gave it other fields, secrets or another comment. */
    public Connection changed(
            ConnectionFields nextFields, Map<String, StoredSecret> nextSecrets, String nextComment, Author by) {
        return new Connection(
                id, name, kind, nextFields, nextSecrets, nextComment, version + 1, by.name(), createdAt, by.at());
    }

    /** Its secrets were sealed with another key; to people it is the same version. */
    public Connection resealed(Map<String, StoredSecret> sealed) {
        return new Connection(id, name, kind, fields, sealed, comment, version, changedBy, createdAt, changedAt);
    }

    /** The names of the fields and secrets that differ from {@code before}, for the history. */
    public Set<String> differences(Connection before) {
        Set<String> names = new TreeSet<>(fields.differences(before.fields));
        Map<String, StoredSecret> all = new TreeMap<>(secrets);
        all.putAll(before.secrets);
        for (String key : all.keySet()) {
            StoredSecret mine = secrets.get(key);
            if (mine == null || !mine.equals(before.secrets.get(key))) {
                names.add(key);
            }
        }
        if (!comment.equals(before.comment)) {
            names.add("comment");
        }
        return names;
    }

    /** Who changes something, and when. */
    public record Author(String name, Instant at) {
        public Author {
            requireNonNull(name, "name");
            requireNonNull(at, "at");
        }
    }
}
