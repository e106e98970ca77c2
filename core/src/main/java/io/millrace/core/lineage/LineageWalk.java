package io.millrace.core.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks along flows from one table, level by level. Ends on cycles, because a table's columns are followed once, and at
 * its limits.
 */
public final class LineageWalk {
    private static final int MOST_FLOWS = 500;
    private static final int MOST_EDGES = 20_000;

    private final Flows flows;
    private final Map<String, LineageTable> tables = new LinkedHashMap<>();
    private final Map<String, MadeFlow> passed = new LinkedHashMap<>();
    private final Set<LineageGraph.Edge> edges = new LinkedHashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private boolean truncated;

    private LineageWalk(Flows flows) {
        this.flows = flows;
    }

    /**
     * What lies around {@code from}.
     *
     * @param columns those of {@code from} that are asked for; empty for all
     * @param depth how many flows far, at least 1
     */
    public static LineageGraph walk(
            Flows flows, LineageTable from, Direction direction, int depth, Set<String> columns) {
        LineageWalk walk = new LineageWalk(flows);
        walk.tables.put(from.key(), from);
        if (direction != Direction.DOWNSTREAM) {
            walk.levels(from, depth, columns, true);
        }
        if (direction != Direction.UPSTREAM) {
            walk.levels(from, depth, columns, false);
        }
        return new LineageGraph(
                List.copyOf(walk.tables.values()),
                List.copyOf(walk.passed.values()),
                List.copyOf(walk.edges),
                walk.truncated,
                List.copyOf(walk.reasons));
    }

    /** The columns of tables that are to be followed. */
    private static final class Frontier {
        private final Map<String, Set<String>> columns = new LinkedHashMap<>();
        private final Set<String> whole = new HashSet<>();

        void all(String table) {
            whole.add(table);
            columns.computeIfAbsent(table, key -> new LinkedHashSet<>());
        }

        void add(String table, String column) {
            columns.computeIfAbsent(table, key -> new LinkedHashSet<>()).add(column);
        }

        boolean has(String table, String column) {
            return whole.contains(table)
                    || columns.getOrDefault(table, Set.of()).contains(column);
        }

        boolean has(String table) {
            return columns.containsKey(table);
        }

        /** What was not there before; from now on it was. */
        Frontier news(Frontier before) {
            Frontier news = new Frontier();
            for (Map.Entry<String, Set<String>> each : columns.entrySet()) {
                String table = each.getKey();
                if (before.whole.contains(table)) {
                    continue;
                }
                if (whole.contains(table)) {
                    news.all(table);
                    before.all(table);
                }
                each.getValue().stream()
                        .filter(column -> !before.has(table, column))
                        .forEach(column -> news.add(table, column));
                each.getValue().forEach(column -> before.add(table, column));
            }
            return news;
        }
    }

    private void levels(LineageTable from, int depth, Set<String> columns, boolean up) {
        Frontier first = new Frontier();
        if (columns.isEmpty()) {
            first.all(from.key());
        }
        columns.forEach(column -> first.add(from.key(), column));
        Frontier seen = new Frontier();
        Frontier frontier = first.news(seen);
        for (int level = 0; level < depth && !frontier.columns.isEmpty(); level++) {
            List<MadeFlow> next = up ? flows.into(frontier.columns.keySet()) : flows.from(frontier.columns.keySet());
            Frontier reached = new Frontier();
            for (MadeFlow flow : next) {
                if (passed.size() >= MOST_FLOWS && !passed.containsKey(flow.id())) {
                    truncated = true;
                    break;
                }
                pass(flow, frontier, reached, columns.isEmpty(), up);
            }
            frontier = reached.news(seen);
        }
    }

    private void pass(MadeFlow made, Frontier frontier, Frontier reached, boolean whole, boolean up) {
        Flow flow = made.flow();
        List<LineageGraph.Edge> found = up ? above(made, frontier) : below(made, frontier);
        boolean mentions = flow.inputs().stream()
                .anyMatch(input -> frontier.has(input.table().key())
                        && ((input.columns().isEmpty() && !flow.complete())
                                || input.columns().stream()
                                        .anyMatch(column ->
                                                frontier.has(input.table().key(), column))));
        if (!whole && found.isEmpty() && (up || !mentions)) {
            return;
        }
        note(made);
        for (LineageGraph.Edge edge : found) {
            if (edges.size() >= MOST_EDGES) {
                truncated = true;
                break;
            }
            edges.add(edge);
            if (edge.kind().isDirect() && !whole) {
                reached.add(
                        up ? edge.source().key() : edge.target().key(),
                        up ? edge.sourceColumn() : edge.targetColumn().orElse(""));
            }
        }
        if (whole && up) {
            flow.inputs().forEach(input -> reached.all(input.table().key()));
        } else if (whole) {
            reached.all(flow.target().key());
        }
    }

    private void note(MadeFlow made) {
        Flow flow = made.flow();
        passed.put(made.id(), made);
        tables.putIfAbsent(flow.target().key(), flow.target());
        flow.inputs().forEach(input -> tables.putIfAbsent(input.table().key(), input.table()));
        String who = (made.maker().kind() == Maker.Kind.JOB ? "job " : "view ")
                + made.maker().name();
        flow.reasons().forEach(reason -> reasons.add(who + ", line " + made.line() + ": " + reason));
    }

    /** What the followed columns of the target come from. */
    private List<LineageGraph.Edge> above(MadeFlow made, Frontier frontier) {
        Flow flow = made.flow();
        List<LineageGraph.Edge> found = new ArrayList<>();
        boolean any = false;
        for (Flow.Column column : flow.columns()) {
            if (frontier.has(flow.target().key(), column.name())) {
                any = true;
                column.sources().forEach(source -> found.add(edge(made, source, Optional.of(column))));
            }
        }
        if (any) {
            flow.indirect().forEach(source -> found.add(edge(made, source, Optional.empty())));
        }
        return found;
    }

    /** What comes of the followed columns of the inputs. */
    private List<LineageGraph.Edge> below(MadeFlow made, Frontier frontier) {
        Flow flow = made.flow();
        Map<Integer, Boolean> followed = new HashMap<>();
        List<LineageGraph.Edge> found = new ArrayList<>();
        for (int i = 0; i < flow.inputs().size(); i++) {
            followed.put(i, frontier.has(flow.inputs().get(i).table().key()));
        }
        for (Flow.Column column : flow.columns()) {
            for (Flow.Source source : column.sources()) {
                if (followed.get(source.input()) && follows(flow, source, frontier)) {
                    found.add(edge(made, source, Optional.of(column)));
                }
            }
        }
        for (Flow.Source source : flow.indirect()) {
            if (followed.get(source.input()) && follows(flow, source, frontier)) {
                found.add(edge(made, source, Optional.empty()));
            }
        }
        return found;
    }

    private static boolean follows(Flow flow, Flow.Source source, Frontier frontier) {
        return frontier.has(flow.inputs().get(source.input()).table().key(), source.column());
    }

    private static LineageGraph.Edge edge(MadeFlow made, Flow.Source source, Optional<Flow.Column> column) {
        return new LineageGraph.Edge(
                made,
                made.flow().inputs().get(source.input()).table(),
                source.column(),
                made.flow().target(),
                column.map(Flow.Column::name),
                source.kind(),
                column.map(Flow.Column::expression).orElse(""));
    }
}
