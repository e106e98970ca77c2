package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageInput;
import io.millrace.api.sql.LineageKind;
import io.millrace.api.sql.LineageSource;
import io.millrace.api.sql.ObjectRef;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What a walk has come across besides the columns themselves: inputs, indirect uses, and what it did not understand. */
final class Findings {
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<ObjectRef> tables = new ArrayList<>();
    private final List<Set<String>> mentioned = new ArrayList<>();
    private final Set<Integer> views = new TreeSet<>();
    private final Set<Origin> indirect = new LinkedHashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private int insideViews;

    /** The table's place among the inputs. */
    int input(String name, ObjectRef table) {
        return places.computeIfAbsent(name, key -> {
            tables.add(table);
            mentioned.add(new TreeSet<>());
            return tables.size() - 1;
        });
    }

    /** The view's place among the inputs. */
    int view(String name, ObjectRef view) {
        int place = input(name, view);
        views.add(place);
        return place;
    }

    /** What a view's query does with columns that the statement does not use is no concern of the statement's. */
    <T> T insideView(Supplier<T> walk) {
        insideViews++;
        try {
            return walk.get();
        } finally {
            insideViews--;
        }
    }

    void mention(Derived value) {
        if (insideViews == 0) {
            note(value.origins());
            decide(value.deciding());
        }
    }

    /** Rows are decided by {@code value}. */
    void indirect(LineageKind kind, Derived value) {
        decide(as(kind, value));
    }

    /** A value is chosen by {@code value}: that counts now, or inside a view where the chosen value is used. */
    Derived chosen(LineageKind kind, Derived by, Derived value) {
        if (insideViews > 0) {
            return value.chosenBy(as(kind, by));
        }
        indirect(kind, by);
        return value;
    }

    private static Set<Origin> as(LineageKind kind, Derived value) {
        Set<Origin> all = new LinkedHashSet<>(value.deciding());
        value.origins().forEach(origin -> all.add(new Origin(origin.column(), kind)));
        return all;
    }

    private void decide(Set<Origin> origins) {
        indirect.addAll(origins);
        note(origins);
    }

    private void note(Set<Origin> origins) {
        origins.forEach(origin ->
                mentioned.get(origin.column().input()).add(origin.column().name()));
    }

    void notUnderstood(String what) {
        reasons.add(what + " is not understood: each of its columns is taken to come from all that it reads.");
    }

    void incomplete(String reason) {
        reasons.add(reason);
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    List<LineageSource> indirect() {
        return sources(indirect);
    }

    /** In the order in which they were come across. */
    List<LineageInput> inputs() {
        List<LineageInput> inputs = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            inputs.add(new LineageInput(tables.get(i), views.contains(i), List.copyOf(mentioned.get(i))));
        }
        return inputs;
    }

    static List<LineageSource> sources(Set<Origin> origins) {
        return origins.stream()
                .map(origin -> new LineageSource(
                        origin.column().input(), origin.column().name(), origin.kind()))
                .sorted(Comparator.comparing(LineageSource::input)
                        .thenComparing(LineageSource::column)
                        .thenComparing(LineageSource::kind))
                .toList();
    }
}
