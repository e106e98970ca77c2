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

/** What a walk has come across besides the columns themselves: inputs, indirect uses, and what it did not understand. */
final class Findings {
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<ObjectRef> tables = new ArrayList<>();
    private final List<Set<String>> mentioned = new ArrayList<>();
    private final Set<Origin> indirect = new LinkedHashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();

    /** The table's place among the inputs. */
    int input(String name, ObjectRef table) {
        return places.computeIfAbsent(name, key -> {
            tables.add(table);
            mentioned.add(new TreeSet<>());
            return tables.size() - 1;
        });
    }

    void mention(Derived value) {
        value.origins()
                .forEach(origin -> mentioned
                        .get(origin.column().input())
                        .add(origin.column().name()));
    }

    /** Rows or values are decided by {@code value}. */
    void indirect(LineageKind kind, Derived value) {
        value.origins().forEach(origin -> indirect.add(new Origin(origin.column(), kind)));
        mention(value);
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

    /** The tables read, then the views. */
    List<LineageInput> inputs(List<ObjectRef> views) {
        List<LineageInput> inputs = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            inputs.add(new LineageInput(tables.get(i), false, List.copyOf(mentioned.get(i))));
        }
        views.forEach(view -> inputs.add(new LineageInput(view, true, List.of())));
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
