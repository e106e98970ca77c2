package io.millrace.server.catalog;

import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.MillraceException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a look at all tables of a store brought. Filled by one thread. */
final class Refreshed {
    private final List<TablePath> added = new ArrayList<>();
    private final List<TablePath> changed = new ArrayList<>();
    private final List<TablePath> gone = new ArrayList<>();
    private final Map<TablePath, MillraceException> unmappable = new LinkedHashMap<>();
    private int unchanged;

    void added(TablePath path) {
        added.add(path);
    }

    void changed(TablePath path) {
        changed.add(path);
    }

    void gone(TablePath path) {
        gone.add(path);
    }

    void unmappable(TablePath path, MillraceException reason) {
        unmappable.put(path, reason);
    }

    void unchanged(int more) {
        unchanged += more;
    }

    List<TablePath> added() {
        return added;
    }

    List<TablePath> changed() {
        return changed;
    }

    List<TablePath> gone() {
        return gone;
    }

    Map<TablePath, MillraceException> unmappable() {
        return unmappable;
    }

    int unchanged() {
        return unchanged;
    }
}
