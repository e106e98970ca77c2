package io.millrace.core.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Securable;

import java.util.List;

/**
 * Something of a catalog that the planner of a script was handed, whether or not it is found in the plan: a table, a
 * view or a function.
 *
 * @param id names it for good, as {@link Securable#id}
 * @param version what it was like then
 * @param path its catalog, its database and its name then
 */
public record ScriptObject(Securable.Kind kind, String id, long version, List<String> path) {
    private static final int FULL = 3;

    public ScriptObject {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        path = List.copyOf(path);
        if (path.size() != FULL) {
            throw new IllegalArgumentException("not the full name of a " + kind + ": " + path);
        }
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
