package io.millrace.server.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.lineage.Direction;
import io.millrace.core.lineage.LineageGraph;
import io.millrace.core.lineage.LineageTable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Columns are what their ids say, whatever they are called, and what was planned over others is looked at again. */
class LineageColumnsIT extends LineageMetastore {
    @Test
    void followsAColumnThroughItsRename() {
        table("t1", "a", columns("1:x", "2:y"));
        table("t2", "b", columns("1:x"));
        String job = job("load", 1, "s");
        record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));

        altered("t1", "1:y", "2:x");
        altered("t2", "1:total");

        assertThat(readers("a", "y")).containsExactly("default.load@1:3 [y]");
        assertThat(readers("a", "x")).isEmpty();
        LineageGraph graph = service.graph(TablePath.of("c", "d", "b"), Direction.UPSTREAM, 1, Set.of("total"));
        assertThat(graph.edges()).singleElement().satisfies(edge -> {
            assertThat(edge.sourceColumn()).isEqualTo("y");
            assertThat(edge.targetColumn()).contains("total");
            assertThat(edge.expression()).as("as the script has it").isEqualTo("x");
        });
    }

    @Test
    void tellsAColumnFromALaterOneOfItsName() {
        table("t1", "a", columns("1:x"));
        String job = job("load", 1, "s");
        record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));

        altered("t1", "2:x");

        assertThat(readers("a", "x")).isEmpty();
        assertThat(readers("a", "x (dropped)")).containsExactly("default.load@1:3 [x (dropped)]");
        assertThat(service.of(new TableId("t1"), Set.of("x"))).isEmpty();
    }

    @Test
    void looksAtAJobAgainThatStartsOverAnotherTable() {
        table("t1", "a", columns("1:x"));
        String job = job("load", 1, "s");
        record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        clock.advance(Duration.ofMinutes(1));
        altered("t1", "2:x");
        assertThat(service.catchUp()).as("what runs was planned before").isZero();

        clock.advance(Duration.ofMinutes(1));
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state, last_sent_at) VALUES"
                        + " (CAST(? AS uuid), 1, 'f2', 1, 1, 'SUBMITTED', ?)",
                job,
                clock.instant().atOffset(ZoneOffset.UTC)));
        clock.advance(Duration.ofMinutes(1));
        assertThat(service.catchUp()).as("the gateway cannot parse it").isEqualTo(1);
        assertThat(readers("a", "x (dropped)"))
                .as("what is known stays")
                .containsExactly("default.load@1:3 [x (dropped)]");

        gateway.plans("s", insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        clock.advance(Duration.ofMinutes(1));
        assertThat(service.catchUp()).isEqualTo(1);
        assertThat(service.catchUp()).isZero();
        assertThat(readers("a", "x")).containsExactly("default.load@1:3 [x]");
    }

    @Test
    void looksAtAViewAgainWhenItsTablesChange() {
        table("t1", "a", columns("1:x"));
        table(
                "v1",
                "v",
                "{\"name\": \"v\", \"kind\": \"VIEW\", \"columns\": [], \"view\": {\"expanded\": \"SELECT 1\"}}");
        LineageTable probe = LineageTable.of(Optional.empty(), "c", "d", "millrace_lineage", true);
        gateway.plans(
                "CREATE TEMPORARY VIEW `millrace_lineage` () AS SELECT 1", insert(flow(at("t1", "a"), "x", probe)));
        assertThat(service.catchUp()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));

        altered("t1", "2:x");
        clock.advance(Duration.ofMinutes(1));

        assertThat(readers("a", "x")).isEmpty();
        assertThat(service.catchUp()).isEqualTo(1);
        assertThat(readers("a", "x")).containsExactly("c.d.v@1:3 [x]");
        assertThat(service.catchUp()).isZero();
    }

    @Test
    void refusesAColumnThatTheTableHasNot() {
        table("t1", "a", columns("1:amount"));

        assertThatThrownBy(() -> readers("a", "amout")).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.getMessage()).isEqualTo("There is no column 'amout' in 'c.d.a'. Did you mean 'amount'?");
            assertThat(e.flaws()).extracting(Flaw::pointer).containsExactly("/column");
        });
    }
}
