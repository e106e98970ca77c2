package io.millrace.flink.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says of a node's columns what they are, from what the columns of its inputs are. */
final class Origins {
    /** Hands on the columns that it reads, and may add some. */
    private static final Set<String> CONTINUED = Set.of(
            "exchange",
            "drop-update-before",
            "mini-batch-assigner",
            "watermark-assigner",
            "changelog-normalize",
            "deduplicate",
            "window-deduplicate",
            "rank",
            "window-rank",
            "limit",
            "sort-limit",
            "sort",
            "temporal-sort",
            "over-aggregate",
            "correlate",
            "async-correlate",
            "lookup-join",
            "window-table-function");

    private Origins() {}

    /** One for each output column. What no rule explains is known by the exact node alone. */
    static List<String> of(PlanNode node) {
        List<String> known = new ArrayList<>(explained(node));
        while (known.size() < node.columns()) {
            known.add(Digest.of("made", node.exact(), String.valueOf(known.size())));
        }
        return known.subList(0, node.columns());
    }

    private static List<String> explained(PlanNode node) {
        return switch (node.type()) {
            case "table-source-scan" -> {
                String table = Tables.of(node.exec()).identity();
                yield node.names().stream()
                        .map(name -> Digest.of("column", table, name))
                        .toList();
            }
            case "calc", "async-calc", "python-calc" -> projected(node);
            case "union" -> united(node);
            case "expand" -> expanded(node);
            case "join", "interval-join", "temporal-join", "window-join" -> joined(node);
            case "group-aggregate",
                    "global-group-aggregate",
                    "window-aggregate",
                    "global-window-aggregate",
                    "group-window-aggregate",
                    "local-group-aggregate",
                    "local-window-aggregate",
                    "incremental-group-aggregate" -> aggregated(node);
            default -> CONTINUED.contains(node.type()) ? continued(node) : List.of();
        };
    }

    private static List<String> projected(PlanNode node) {
        List<String> columns = new ArrayList<>();
        node.at("/projection")
                .forEach(each ->
                        columns.add(Expressions.origin(each, node.input().origins())));
        return columns;
    }

    /** The columns of the input, then what the node adds to each row, which is known by what it does. */
    private static List<String> continued(PlanNode node) {
        List<String> columns = new ArrayList<>(node.input().origins());
        JsonNode added = node.type().equals("window-table-function") ? node.at("/windowing/window") : null;
        for (int i = columns.size(); i < node.columns(); i++) {
            columns.add(
                    added == null
                            ? Digest.of("added", node.exact(), String.valueOf(i))
                            : Digest.of("window", added.toString(), node.names().get(i)));
        }
        return columns;
    }

    private static List<String> united(PlanNode node) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < node.columns(); i++) {
            List<String> parts = new ArrayList<>(List.of("union"));
            for (PlanNode input : node.inputs()) {
                parts.add(input.origin(i));
            }
            columns.add(Digest.of(parts));
        }
        return columns;
    }

    private static List<String> expanded(PlanNode node) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < node.columns(); i++) {
            List<String> parts = new ArrayList<>(List.of("expand"));
            for (JsonNode project : node.at("/projects")) {
                parts.add(Expressions.origin(project.path(i), node.input().origins()));
            }
            columns.add(Digest.of(parts));
        }
        return columns;
    }

    private static List<String> joined(PlanNode node) {
        List<String> columns = new ArrayList<>();
        node.inputs().forEach(input -> columns.addAll(input.origins()));
        return columns;
    }

    private static List<String> aggregated(PlanNode node) {
        Aggregates aggregates = new Aggregates(node);
        List<String> columns = new ArrayList<>();
        aggregates.keys().forEach(key -> columns.add(node.input().origin(key)));
        List<String> group = new ArrayList<>(new TreeSet<>(columns));
        if (group.isEmpty()) {
            group.addAll(node.tables());
        }
        group.add(node.at("/windowing/window").toString());
        group.add(node.at("/window").toString());
        String groups = Digest.of(group);
        // What the first phase hands to the second is not what the second makes of it.
        boolean partial = node.type().startsWith("local-") || node.type().startsWith("incremental-");
        for (int i = 0; i < aggregates.size(); i++) {
            columns.add(Digest.of(partial ? "partial" : "aggregate", aggregates.digest(i), groups));
        }
        for (JsonNode property : node.at("/namedWindowProperties")) {
            columns.add(
                    Digest.of("window", property.path("property").path("kind").asText(), groups));
        }
        return columns;
    }
}
