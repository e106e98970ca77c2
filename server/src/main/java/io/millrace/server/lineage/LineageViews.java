package io.millrace.server.lineage;

import io.millrace.api.lineage.LineageDependentView;
import io.millrace.api.lineage.LineageEdgeView;
import io.millrace.api.lineage.LineageFlowView;
import io.millrace.api.lineage.LineageGraphView;
import io.millrace.api.lineage.LineageMakerKind;
import io.millrace.api.lineage.LineageTableView;
import io.millrace.api.sql.LineageKind;
import io.millrace.core.lineage.Dependent;
import io.millrace.core.lineage.LineageGraph;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.MadeFlow;
import io.millrace.core.lineage.Maker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Lineage as wire records. */
final class LineageViews {
    private LineageViews() {}

    static LineageGraphView of(LineageGraph graph) {
        Map<String, Set<String>> columns = new HashMap<>();
        for (LineageGraph.Edge edge : graph.edges()) {
            touched(columns, edge.source()).add(edge.sourceColumn());
            edge.targetColumn()
                    .ifPresent(column -> touched(columns, edge.target()).add(column));
        }
        return new LineageGraphView(
                graph.tables().get(0).key(),
                graph.tables().stream()
                        .map(table -> table(table, columns.getOrDefault(table.key(), Set.of())))
                        .toList(),
                graph.flows().stream().map(LineageViews::flow).toList(),
                graph.edges().stream().map(LineageViews::edge).toList(),
                graph.truncated(),
                graph.reasons());
    }

    private static Set<String> touched(Map<String, Set<String>> columns, LineageTable table) {
        return columns.computeIfAbsent(table.key(), key -> new TreeSet<>());
    }

    private static LineageTableView table(LineageTable table, Set<String> columns) {
        return new LineageTableView(
                table.key(), table.catalog(), table.database(), table.name(), table.temporary(), List.copyOf(columns));
    }

    private static LineageFlowView flow(MadeFlow made) {
        Maker maker = made.maker();
        return new LineageFlowView(
                made.id(),
                kind(maker),
                maker.name(),
                maker.version(),
                made.line(),
                made.flow().inputs().stream().map(input -> input.table().key()).toList(),
                made.flow().target().key(),
                made.flow().complete(),
                made.flow().reasons());
    }

    private static LineageEdgeView edge(LineageGraph.Edge edge) {
        return new LineageEdgeView(
                edge.flow().id(),
                edge.source().key(),
                edge.sourceColumn(),
                edge.target().key(),
                edge.targetColumn().orElse(null),
                kind(edge.kind()),
                edge.expression().isEmpty() ? null : edge.expression());
    }

    static LineageDependentView of(Dependent dependent) {
        Maker maker = dependent.maker();
        return new LineageDependentView(
                kind(maker),
                maker.name(),
                maker.version(),
                dependent.line(),
                List.copyOf(dependent.columns()),
                dependent.kinds().stream().map(LineageViews::kind).toList());
    }

    private static LineageMakerKind kind(Maker maker) {
        return LineageMakerKind.valueOf(maker.kind().name());
    }

    private static LineageKind kind(io.millrace.core.lineage.LineageKind kind) {
        return LineageKind.valueOf(kind.name());
    }
}
