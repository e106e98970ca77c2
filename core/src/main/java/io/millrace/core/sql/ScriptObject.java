package io.millrace.core.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Securable;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Something of a catalog that the planner of a script was handed, whether or not it is found in the plan: a table, a
 * view or a function.
 *
 * @param id names it for good, as {@link Securable#id}
 * @param version what it was like then
 * @param path its catalog, its database and its name then
 * @param artifact what its code was then: {@code sha256:} and, in hexadecimal, the digest of the jar of a function's
 *     class; null for what has no code, or none that is in a jar
 */
public record ScriptObject(
        Securable.Kind kind,
        String id,
        long version,
        List<String> path,
        @Nullable String artifact) {
    private static final int FULL = 3;

    public ScriptObject {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        path = List.copyOf(path);
        if (path.size() != FULL) {
            throw new IllegalArgumentException("not the full name of a " + kind + ": " + path);
        }
    }

    /** A table, a view, or a function of whose code nothing is known. */
    public ScriptObject(Securable.Kind kind, String id, long version, List<String> path) {
        this(kind, id, version, path, null);
    }

    /** As {@link Securable#key}. */
    public String key() {
        return kind.word() + ":" + id;
    }

    /** As in a sentence: {@code table 'kafka.region1.orders'}. */
    @Override
    public String toString() {
        return kind.word() + " '" + String.join(".", path) + "'";
    }
}
