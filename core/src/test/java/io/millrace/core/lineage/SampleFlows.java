package io.millrace.core.lineage;

import io.millrace.core.workspace.WorkspaceId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Flows in memory, made of short texts: {@code flow("load", "b", "x < a.y IDENTITY", "| a.z FILTER")} is job
 * {@code load} writing table {@code b}.
 */
public final class SampleFlows implements Flows {
    private final List<MadeFlow> flows = new ArrayList<>();

    public static LineageTable table(String name) {
        return LineageTable.of(Optional.empty(), "c", "d", name, false);
    }

    /** Adds a job's flow; the inputs are the tables that the texts speak of. */
    public SampleFlows flow(String job, String target, String... texts) {
        flows.add(new MadeFlow(Maker.job(WorkspaceId.DEFAULT, job, job, 1), 0, 1, flow(target, texts)));
        return this;
    }

    /** Adds a view's flow. */
    public SampleFlows view(String view, String... texts) {
        Maker maker = Maker.view(table(view).key(), table(view).path(), 1);
        flows.add(new MadeFlow(maker, 0, 1, flow(view, texts)));
        return this;
    }

    /** Says that a job also reads a view. */
    public SampleFlows reading(String view) {
        MadeFlow last = flows.remove(flows.size() - 1);
        List<Flow.Input> inputs = new ArrayList<>(last.flow().inputs());
        inputs.add(new Flow.Input(table(view), true, List.of()));
        Flow flow = last.flow();
        flows.add(new MadeFlow(
                last.maker(),
                last.place(),
                last.line(),
                new Flow(flow.target(), inputs, flow.columns(), flow.indirect(), flow.reasons())));
        return this;
    }

    private static Flow flow(String target, String... texts) {
        List<String> inputs = new ArrayList<>();
        List<List<String>> mentioned = new ArrayList<>();
        List<Flow.Column> columns = new ArrayList<>();
        List<Flow.Source> indirect = new ArrayList<>();
        for (String text : texts) {
            boolean direct = text.contains("<");
            String from = text.substring(text.indexOf(direct ? '<' : '|') + 1);
            List<Flow.Source> sources = new ArrayList<>();
            for (String source : from.split(",")) {
                String[] parts = source.strip().split("[. ]");
                if (!inputs.contains(parts[0])) {
                    inputs.add(parts[0]);
                    mentioned.add(new ArrayList<>());
                }
                int input = inputs.indexOf(parts[0]);
                mentioned.get(input).add(parts[1]);
                sources.add(new Flow.Source(input, parts[1], LineageKind.valueOf(parts[2])));
            }
            if (direct) {
                columns.add(new Flow.Column(text.substring(0, text.indexOf('<')).strip(), from.strip(), sources));
            } else {
                indirect.addAll(sources);
            }
        }
        List<Flow.Input> read = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            read.add(new Flow.Input(table(inputs.get(i)), false, mentioned.get(i)));
        }
        return new Flow(table(target), read, columns, indirect, List.of());
    }

    @Override
    public List<MadeFlow> into(Collection<String> tables) {
        return flows.stream()
                .filter(made -> tables.contains(made.flow().target().key()))
                .toList();
    }

    @Override
    public List<MadeFlow> from(Collection<String> tables) {
        return flows.stream()
                .filter(made -> made.flow().inputs().stream()
                        .anyMatch(input -> tables.contains(input.table().key())))
                .toList();
    }

    static List<String> names(LineageGraph graph) {
        return graph.tables().stream().map(LineageTable::name).toList();
    }

    static List<String> edges(LineageGraph graph) {
        return graph.edges().stream()
                .map(edge -> edge.source().name() + "." + edge.sourceColumn() + " > "
                        + edge.target().name() + "." + edge.targetColumn().orElse("*") + " " + edge.kind())
                .toList();
    }

    static List<String> keys(String... names) {
        return Arrays.stream(names).map(name -> table(name).key()).toList();
    }
}
