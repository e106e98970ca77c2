package io.millrace.core.lineage;

import java.util.List;
import java.util.Optional;

/**
 * A part of the graph, around one table.
 *
 * @param tables the table asked for first
 * @param truncated whether a limit ended the walk
 * @param reasons why something may be missing or too much
 */
public record LineageGraph(
        List<LineageTable> tables, List<MadeFlow> flows, List<Edge> edges, boolean truncated, List<String> reasons) {
    public LineageGraph {
        tables = List.copyOf(tables);
        flows = List.copyOf(flows);
        edges = List.copyOf(edges);
        reasons = List.copyOf(reasons);
    }

    /**
     * From a column to a column.
     *
     * @param targetColumn empty when the source decides about all columns
     * @param expression what makes the target's column; empty without one
     */
    public record Edge(
            MadeFlow flow,
            LineageTable source,
            String sourceColumn,
            LineageTable target,
            Optional<String> targetColumn,
            LineageKind kind,
            String expression) {}
}
