package io.millrace.api.access;

import java.util.List;

/**
 * On what something is granted.
 *
 * @param path the parts of its name: catalog, database and table; empty for the server
 */
public record ObjectPath(ObjectKind kind, List<String> path) {
    public ObjectPath {
        path = path == null ? List.of() : List.copyOf(path);
    }
}
