package io.millrace.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.state.StateOperator;
import io.millrace.core.state.StatePlan;
import io.millrace.core.state.StateTrait;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What any SQL gateway must do. Run for the in-memory gateway here and for the HTTP client in server. */
public abstract class SqlGatewayContract {
    private static final String INSERT = "INSERT INTO kafka.main.b SELECT * FROM kafka.main.a";
    private static final TableUse A = new TableUse("kafka", "main", "a", Optional.of("t1@4"), false);
    private static final TableUse B = new TableUse("kafka", "main", "b", Optional.of("t2@1"), false);
    private static final Flow FLOW = new Flow(
            new LineageTable("t2", "kafka", "main", "b", false),
            List.of(new Flow.Input(new LineageTable("t1", "kafka", "main", "a", false), false, List.of("x", "y"))),
            List.of(new Flow.Column("x", "UPPER(y)", List.of(new Flow.Source(0, "y", LineageKind.TRANSFORMATION)))),
            List.of(new Flow.Source(0, "x", LineageKind.FILTER)),
            List.of("it is only an example"));
    private static final ScriptAnalysis COPY = new ScriptAnalysis(
            List.of(new ScriptStatement(
                    "INSERT",
                    StatementClass.SINK,
                    INSERT,
                    1,
                    1,
                    List.of(A),
                    List.of(B),
                    List.of("kafka.main.host"),
                    List.of(FLOW))),
            List.of(),
            Optional.of(List.of(
                    new ScriptObject(Securable.Kind.TABLE, "t1", 4, List.of("kafka", "main", "a")),
                    new ScriptObject(Securable.Kind.TABLE, "t2", 1, List.of("kafka", "main", "b")),
                    new ScriptObject(Securable.Kind.FUNCTION, "f", 3, List.of("kafka", "main", "host"), "sha256:00"))));

    protected abstract SqlGateway gateway();

    /** Makes the gateway's planner give this analysis for this script. */
    protected abstract void plans(String script, ScriptAnalysis analysis);

    /** Makes the gateway's planner find this state in this script. */
    protected abstract void keeps(String script, StatePlan state);

    /** Makes the gateway unreachable until the end of the test. */
    protected abstract void goesDown();

    @Test
    void tellsWhatAScriptReadsAndWrites() {
        plans(INSERT, COPY);

        assertThat(gateway().analyse(INSERT)).isEqualTo(COPY);
        assertThat(gateway().analyse(INSERT).refs()).containsExactly("t1@4", "t2@1");
    }

    @Test
    void tellsWhereAScriptIsWrong() {
        var flaw = new Flaw(
                "/script",
                "Column 'amout' not found.",
                OptionalInt.of(3),
                OptionalInt.of(12),
                Optional.of("Did you mean 'amount'?"));
        plans("SELECT\n\n     amout FROM t", new ScriptAnalysis(List.of(), List.of(flaw)));

        var analysis = gateway().analyse("SELECT\n\n     amout FROM t");

        assertThat(analysis.valid()).isFalse();
        assertThat(analysis.errors()).containsExactly(flaw);
    }

    @Test
    void tellsWhatStateAJobKeeps() {
        var trait = new StateTrait("keys", "person STRING", "d1");
        var counts = new StateOperator("id1", "aggregation", "GroupAggregate", "p1", true, List.of(trait));
        var other = new StateOperator("id2", "unknown operator", "Process", "p2", false, List.of());
        var plan = new StatePlan("2.3.0", "d0", List.of(counts, other), List.of("There is more."));
        keeps(INSERT, plan);

        assertThat(gateway().state(INSERT, Map.of("parallelism.default", "2"))).isEqualTo(plan);
        assertThatThrownBy(() -> gateway().state("SELEC", Map.of()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_INVALID));
    }

    @Test
    void saysSoWhenItIsDown() {
        goesDown();

        assertThatThrownBy(() -> gateway().analyse(INSERT))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GATEWAY_UNAVAILABLE));
    }
}
