package io.millrace.cli.lineage;

import io.millrace.api.lineage.LineageEdgeView;
import io.millrace.api.lineage.LineageFlowView;
import io.millrace.api.lineage.LineageGraphView;
import io.millrace.api.lineage.LineageMakerKind;
import io.millrace.api.lineage.LineageTableView;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A graph as lines of a tree: tables, below them the statements, below those the next tables. A table is shown once. */
final class LineageTree {
    private final LineageGraphView graph;
    private final Map<String, LineageTableView> tables = new HashMap<>();

    LineageTree(LineageGraphView graph) {
        this.graph = graph;
        graph.tables().forEach(table -> tables.put(table.id(), table));
    }

    List<String> upstream() {
        List<String> lines = new ArrayList<>();
        lines.add("  " + name(graph.table()));
        walk(graph.table(), true, "  ", lines, new HashSet<>(Set.of(graph.table())));
        return lines;
    }

    List<String> downstream() {
        List<String> lines = new ArrayList<>();
        lines.add("  " + name(graph.table()));
        walk(graph.table(), false, "  ", lines, new HashSet<>(Set.of(graph.table())));
        return lines;
    }

    private void walk(String table, boolean up, String indent, List<String> lines, Set<String> shown) {
        List<LineageFlowView> flows = graph.flows().stream()
                .filter(flow -> up ? flow.target().equals(table) : flow.inputs().contains(table))
                .toList();
        for (int i = 0; i < flows.size(); i++) {
            LineageFlowView flow = flows.get(i);
            boolean last = i + 1 == flows.size();
            lines.add(indent + (last ? "└─ " : "├─ ") + title(flow));
            flow(flow, table, up, indent + (last ? "   " : "│  "), lines, shown);
        }
    }

    private void flow(
            LineageFlowView flow, String table, boolean up, String indent, List<String> lines, Set<String> shown) {
        Set<String> next = new LinkedHashSet<>(up ? flow.inputs() : List.of(flow.target()));
        List<String> columns = edges(flow, table, up);
        int left = columns.size() + next.size();
        for (String column : columns) {
            lines.add(indent + (--left == 0 ? "└─ " : "├─ ") + column);
        }
        for (String each : next) {
            boolean last = --left == 0;
            boolean again = !shown.add(each);
            lines.add(indent + (last ? "└─ " : "├─ ") + name(each) + (again ? " (see above)" : ""));
            if (!again) {
                walk(each, up, indent + (last ? "   " : "│  "), lines, shown);
            }
        }
    }

    /** One line for each column of the target, and one for each kind of what decides about all of them. */
    private List<String> edges(LineageFlowView flow, String table, boolean up) {
        Map<String, Set<String>> direct = new LinkedHashMap<>();
        Map<String, Set<String>> indirect = new TreeMap<>();
        for (LineageEdgeView edge : graph.edges()) {
            if (!edge.flow().equals(flow.id()) || !(up || edge.source().equals(table))) {
                continue;
            }
            String source = up && flow.inputs().size() > 1
                    ? tables.get(edge.source()).name() + "." + edge.sourceColumn()
                    : edge.sourceColumn();
            if (edge.targetColumn() == null) {
                indirect.computeIfAbsent(edge.kind().name(), key -> new TreeSet<>())
                        .add(source);
            } else {
                String made = edge.expression() == null || edge.expression().equals(edge.sourceColumn())
                        ? ""
                        : " = " + edge.expression();
                direct.computeIfAbsent(edge.targetColumn() + made, key -> new TreeSet<>())
                        .add(source);
            }
        }
        List<String> lines = new ArrayList<>();
        direct.forEach((column, sources) -> lines.add(column + " ← " + String.join(", ", sources)));
        indirect.forEach((kind, sources) ->
                lines.add(kind.toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + String.join(", ", sources)));
        return lines;
    }

    private static String title(LineageFlowView flow) {
        String who = flow.kind() == LineageMakerKind.JOB
                ? "job " + flow.name() + ", version " + flow.version() + ", line " + flow.line()
                : "view " + flow.name();
        return who + (flow.complete() ? "" : " (incomplete)");
    }

    private String name(String id) {
        LineageTableView table = tables.get(id);
        return table.catalog() + "." + table.database() + "." + table.name()
                + (table.temporary() ? " (temporary)" : "");
    }
}
