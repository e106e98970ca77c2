package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A value in a tree: the columns that it comes from, and a text that says how.
 *
 * @param atomic whether the text can be an operand as it stands
 */
record Derived(Set<Origin> origins, String text, boolean atomic) {
    private static final int LONGEST = 400;

    Derived {
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST) + "…";
            atomic = true;
        }
    }

    static Derived constant(String text) {
        return new Derived(Set.of(), text, true);
    }

    static Derived column(SourceColumn column) {
        return new Derived(Set.of(new Origin(column, LineageKind.IDENTITY)), column.name(), true);
    }

    /** A value made of others. */
    static Derived of(Collection<Derived> parts, LineageKind kind, String text, boolean atomic) {
        if (parts.size() == 1) {
            return new Derived(after(parts.iterator().next().origins, kind), text, atomic);
        }
        Set<Origin> origins = new LinkedHashSet<>();
        parts.forEach(part -> origins.addAll(after(part.origins, kind)));
        return new Derived(origins, text, atomic);
    }

    Derived after(LineageKind kind, String next) {
        return of(List.of(this), kind, next, true);
    }

    Derived called(String next) {
        return new Derived(origins, next, true);
    }

    /** The text as an operand. */
    String operand() {
        return atomic ? text : "(" + text + ")";
    }

    private static Set<Origin> after(Set<Origin> origins, LineageKind kind) {
        if (origins.stream().allMatch(origin -> origin.kind().compareTo(kind) >= 0)) {
            return origins;
        }
        Set<Origin> next = new LinkedHashSet<>();
        origins.forEach(origin -> next.add(origin.after(kind)));
        return next;
    }
}
