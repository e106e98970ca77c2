package io.millrace.flink.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.gateway.StateTrait;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what decides whether one node can take the state of another. */
final class Traits {
    private static final int LONGEST_TEXT = 400;

    private final PlanNode node;
    private final List<StateTrait> found = new ArrayList<>();

    Traits(PlanNode node) {
        this.node = node;
    }

    List<StateTrait> found() {
        return List.copyOf(found);
    }

    Traits add(String name, String text, String digest) {
        found.add(new StateTrait(name, shortened(text), digest));
        return this;
    }

    /** Fields of the written plan, as they are. */
    Traits fields(String name, String... pointers) {
        List<String> values = new ArrayList<>();
        for (String pointer : pointers) {
            JsonNode value = node.at(pointer);
            if (!value.isMissingNode() && !value.isNull()) {
                values.add(pointer.substring(pointer.lastIndexOf('/') + 1) + "=" + value);
            }
        }
        return add(name, String.join(" ", values), Digest.of(values));
    }

    /** The table that is read or written. */
    Traits table() {
        Tables table = Tables.of(node.exec());
        return add("table", table.text(), table.identity());
    }

    /** The columns of all inputs, in their order: the rows that are kept. */
    Traits rows() {
        List<String> digests = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (PlanNode input : node.inputs()) {
            for (int i = 0; i < input.columns(); i++) {
                digests.add(input.origin(i));
                digests.add(input.type(i));
            }
            digests.add("|");
            texts.add(columns(input));
        }
        return add("rows", String.join(" and ", texts), Digest.of(digests));
    }

    private static String columns(PlanNode input) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < input.columns(); i++) {
            columns.add(input.names().get(i) + " " + input.type(i));
        }
        return "(" + String.join(", ", columns) + ")";
    }

    /** What a row is grouped by; without keys, the tables whose rows are one group. */
    Traits keys(List<Integer> keys) {
        PlanNode input = node.input();
        List<String> digests = new ArrayList<>();
        keys.forEach(key -> {
            digests.add(input.origin(key));
            digests.add(input.type(key));
        });
        String text = keys.stream()
                .map(key -> input.names().get(key) + " " + input.type(key))
                .collect(Collectors.joining(", "));
        if (keys.isEmpty()) {
            digests.addAll(node.tables());
        }
        return add("keys", keys.isEmpty() ? "none: all rows" : text, Digest.of(digests));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
