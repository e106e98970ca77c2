package io.millrace.core.lineage;

import static io.millrace.core.lineage.SampleFlows.edges;
import static io.millrace.core.lineage.SampleFlows.names;
import static io.millrace.core.lineage.SampleFlows.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.workspace.WorkspaceId;
import org.junit.jupiter.api.Test;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class LineageWalkTest {
    private static final SampleFlows CHAIN = new SampleFlows()
            .flow(
                    "load",
                    "clean",
                    "id < raw.id IDENTITY",
                    "sum < raw.a AGGREGATION, raw.b AGGREGATION",
                    "| raw.c FILTER")
            .flow("report", "report", "who < people.name IDENTITY", "total < clean.sum IDENTITY", "| clean.id JOIN")
            .flow("other", "elsewhere", "x < people.city IDENTITY");

    private static LineageGraph walk(Flows flows, String from, Direction direction, int depth, String... columns) {
        return LineageWalk.walk(flows, table(from), direction, depth, Set.of(columns));
    }

    @Test
    void findsWhatATableComesFrom() {
        LineageGraph graph = walk(CHAIN, "report", Direction.UPSTREAM, 5);

        assertThat(names(graph)).containsExactly("report", "people", "clean", "raw");
        assertThat(edges(graph))
                .containsExactly(
                        "people.name > report.who IDENTITY",
                        "clean.sum > report.total IDENTITY",
                        "clean.id > report.* JOIN",
                        "raw.id > clean.id IDENTITY",
                        "raw.a > clean.sum AGGREGATION",
                        "raw.b > clean.sum AGGREGATION",
                        "raw.c > clean.* FILTER");
    }

    @Test
    void findsWhatComesOfATable() {
        assertThat(names(walk(CHAIN, "raw", Direction.DOWNSTREAM, 5)))
                .containsExactly("raw", "clean", "report", "people");
        assertThat(edges(walk(CHAIN, "people", Direction.DOWNSTREAM, 5)))
                .containsExactly("people.name > report.who IDENTITY", "people.city > elsewhere.x IDENTITY");
    }

    @Test
    void goesNoFurtherThanAsked() {
        assertThat(names(walk(CHAIN, "report", Direction.UPSTREAM, 1))).containsExactly("report", "people", "clean");
        assertThat(walk(CHAIN, "report", Direction.UPSTREAM, 1).truncated()).isFalse();
    }

    @Test
    void followsTheValuesOfAColumnUpwards() {
        LineageGraph graph = walk(CHAIN, "report", Direction.UPSTREAM, 5, "total");

        assertThat(edges(graph))
                .containsExactly(
                        "clean.sum > report.total IDENTITY",
                        "clean.id > report.* JOIN",
                        "raw.a > clean.sum AGGREGATION",
                        "raw.b > clean.sum AGGREGATION",
                        "raw.c > clean.* FILTER");
    }

    @Test
    void followsTheValuesOfAColumnDownwards() {
        assertThat(edges(walk(CHAIN, "raw", Direction.DOWNSTREAM, 5, "a")))
                .containsExactly("raw.a > clean.sum AGGREGATION", "clean.sum > report.total IDENTITY");
        assertThat(edges(walk(CHAIN, "raw", Direction.DOWNSTREAM, 5, "c")))
                .as("what a column only decides is shown and not followed")
                .containsExactly("raw.c > clean.* FILTER");
    }

    @Test
    void walksBothWays() {
        assertThat(names(walk(CHAIN, "clean", Direction.BOTH, 1))).containsExactly("clean", "raw", "report", "people");
    }

    @Test
    void endsOnACycle() {
        SampleFlows cycle = new SampleFlows()
                .flow("there", "b", "x < a.x IDENTITY", "y < a.y IDENTITY")
                .flow("back", "a", "x < b.y IDENTITY", "y < b.x IDENTITY");

        assertThat(edges(walk(cycle, "a", Direction.DOWNSTREAM, 50, "x")))
                .containsExactly(
                        "a.x > b.x IDENTITY", "b.x > a.y IDENTITY", "a.y > b.y IDENTITY", "b.y > a.x IDENTITY");
        assertThat(names(walk(cycle, "a", Direction.BOTH, 50))).containsExactly("a", "b");
    }

    @Test
    void showsViewsAndWhatReadsThem() {
        SampleFlows flows = new SampleFlows()
                .view("v", "k < t.kind TRANSFORMATION")
                .flow("job", "s", "k < t.kind TRANSFORMATION")
                .reading("v");

        LineageGraph graph = walk(flows, "v", Direction.BOTH, 5);
        assertThat(names(graph)).containsExactly("v", "t", "s");
        assertThat(graph.flows()).extracting(made -> made.maker().name()).containsExactly("c.d.v", "job");
    }

    @Test
    void stopsAtItsLimitAndSaysSo() {
        SampleFlows many = new SampleFlows();
        IntStream.range(0, 600).forEach(i -> many.flow("job" + i, "t" + i, "x < a.x IDENTITY"));

        LineageGraph graph = walk(many, "a", Direction.DOWNSTREAM, 1);
        assertThat(graph.truncated()).isTrue();
        assertThat(graph.flows()).hasSize(500);
    }

    @Test
    void saysWhatIsIncomplete() {
        Flow flow = new Flow(
                table("s"),
                List.of(new Flow.Input(table("t"), false, List.of("x"))),
                List.of(new Flow.Column("x", "x", List.of(new Flow.Source(0, "x", LineageKind.IDENTITY)))),
                List.of(),
                List.of("odd"));
        MadeFlow made = new MadeFlow(Maker.job(WorkspaceId.DEFAULT, "1", "j", 1), 0, 7, flow);
        Flows one = new Flows() {
            @Override
            public List<MadeFlow> into(Collection<String> tables) {
                return List.of();
            }

            @Override
            public List<MadeFlow> from(Collection<String> tables) {
                return tables.contains(table("t").key()) ? List.of(made) : List.of();
            }
        };

        assertThat(walk(one, "t", Direction.DOWNSTREAM, 2).reasons()).containsExactly("job j, line 7: odd");
    }

    @Test
    void saysWhoReadsATableOrColumn() {
        assertThat(readers("people")).containsExactly("report [name] [IDENTITY]", "other [city] [IDENTITY]");
        assertThat(readers("people", "city")).containsExactly("other [city] [IDENTITY]");
        assertThat(readers("raw", "c", "a")).containsExactly("load [a, c] [AGGREGATION, FILTER]");
        assertThat(readers("raw", "nothing")).isEmpty();
        assertThat(readers("report")).isEmpty();
    }

    @Test
    void takesAnyColumnToBeReadWhereItIsNotKnown() {
        Flow flow = new Flow(
                table("s"),
                List.of(new Flow.Input(table("v"), true, List.of())),
                List.of(new Flow.Column("x", "x", List.of())),
                List.of(),
                List.of("odd"));
        MadeFlow made = new MadeFlow(Maker.job(WorkspaceId.DEFAULT, "1", "j", 1), 0, 7, flow);

        assertThat(Dependent.among(List.of(made), table("v").key(), Set.of("any")))
                .singleElement()
                .satisfies(reader -> assertThat(reader.columns()).isEmpty());
    }

    @Test
    void readsThroughAViewOnlyWhatItUses() {
        SampleFlows flows = new SampleFlows()
                .view("v", "x < t.id IDENTITY", "y < t.kind TRANSFORMATION")
                .flow("job", "s", "k < v.x IDENTITY, t.id IDENTITY");

        String base = table("t").key();
        assertThat(Dependent.among(flows.from(Set.of(base)), base, Set.of("kind")))
                .extracting(reader -> reader.maker().name())
                .containsExactly("c.d.v");
        assertThat(Dependent.among(flows.from(Set.of(base)), base, Set.of("id")))
                .extracting(reader -> reader.maker().name())
                .containsExactly("c.d.v", "job");
        assertThat(edges(walk(flows, "s", Direction.UPSTREAM, 5, "k")))
                .containsExactly("v.x > s.k IDENTITY", "t.id > s.k IDENTITY", "t.id > v.x IDENTITY");
    }

    private static List<String> readers(String table, String... columns) {
        String key = table(table).key();
        return Dependent.among(CHAIN.from(Set.of(key)), key, Set.of(columns)).stream()
                .map(reader -> reader.maker().name() + " " + reader.columns() + " " + reader.kinds())
                .collect(Collectors.toList());
    }
}
