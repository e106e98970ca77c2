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
 * @param deciding what chooses the value, as far as that counts only where the value is used
 */
record Derived(Set<Origin> origins, String text, boolean atomic, Set<Origin> deciding) {
    private static final int LONGEST = 400;

    Derived {
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST) + "…";
            atomic = true;
        }
    }

    Derived(Set<Origin> origins, String text, boolean atomic) {
        this(origins, text, atomic, Set.of());
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
            Derived part = parts.iterator().next();
            return new Derived(after(part.origins, kind), text, atomic, part.deciding);
        }
        Set<Origin> origins = new LinkedHashSet<>();
        Set<Origin> deciding = new LinkedHashSet<>();
        parts.forEach(part -> {
            origins.addAll(after(part.origins, kind));
            deciding.addAll(part.deciding);
        });
        return new Derived(origins, text, atomic, deciding);
    }

    Derived after(LineageKind kind, String next) {
        return of(List.of(this), kind, next, true);
    }

    Derived called(String next) {
        return new Derived(origins, next, true, deciding);
    }

    /** The same value, which comes from one more column as it is. */
    Derived also(SourceColumn column) {
        Set<Origin> more = new LinkedHashSet<>(origins);
        more.add(new Origin(column, LineageKind.IDENTITY));
        return new Derived(more, text, atomic, deciding);
    }

    Derived chosenBy(Set<Origin> more) {
        Set<Origin> all = new LinkedHashSet<>(deciding);
        all.addAll(more);
        return new Derived(origins, text, atomic, all);
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
