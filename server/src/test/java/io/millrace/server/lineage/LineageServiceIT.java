package io.millrace.server.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.lineage.Direction;
import io.millrace.core.lineage.LineageGraph;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptStatement;
import io.millrace.core.sql.StatementClass;
import io.millrace.core.sql.TableUse;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lineage on a real metastore, with a gateway that knows what it was told. */
class LineageServiceIT extends LineageMetastore {
    private List<String> callers(String function) {
        return service.of(FunctionPath.of("c", "d", function)).stream()
                .map(maker -> maker.name() + "@" + maker.version())
                .toList();
    }

    @Test
    void namesTheJobsThatCallAFunctionInTheirNewestVersion() {
        String job = job("caller", 1, "s");
        record(job, "caller", 1, insert(List.of("c.d.f", "c.d.g", "c.d.f")));
        assertThat(callers("F")).containsExactly("default.caller@1");

        version(job, 2, "s2");
        jdbi.useHandle(handle -> handle.execute("UPDATE job SET version = 2 WHERE id = CAST(? AS uuid)", job));
        record(job, "caller", 2, insert(List.of("c.d.g")));

        assertThat(callers("f")).isEmpty();
        assertThat(callers("g")).containsExactly("default.caller@2");
        assertThat(callers("h")).isEmpty();
    }

    @Test
    void keepsTheFlowsOfTheNewestVersion() {
        table("t1", "a", "{}");
        String job = job("load", 1, "s");
        record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        assertThat(readers("a")).containsExactly("default.load@1:3 [x]");
        assertThat(readers("a", "y")).isEmpty();

        jdbi.useHandle(handle -> handle.execute("UPDATE job SET version = 2"));
        version(job, 2, "s2");
        record(job, "load", 2, insert(flow(at("t1", "a"), "y", at("t2", "b"))));
        assertThat(readers("a")).containsExactly("default.load@2:3 [y]");

        record(job, "load", 2, insert(flow(at("t1", "a"), "z", at("t2", "b"))));
        assertThat(readers("a")).as("once more replaces").containsExactly("default.load@2:3 [z]");
    }

    @Test
    void saysWhoReadsAnythingOfADatabaseOrCatalog() {
        table("t1", "a", "{}");
        table("t2", "b", "{}");
        table("t3", "alone", "{}");
        String job = job("load", 1, "s");
        record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t3", "alone"))));
        String other = job("more", 1, "s");
        record(other, "more", 1, insert(flow(at("t2", "b"), "x", at("t3", "alone"))));
        CatalogName catalog = new CatalogName("c");

        assertThat(service.of(catalog, Optional.of(new DatabaseName("d"))))
                .extracting(reader -> reader.maker().name())
                .containsExactlyInAnyOrder("default.load", "default.more");
        assertThat(service.of(catalog, Optional.empty())).hasSize(2);
        assertThat(service.of(catalog, Optional.of(new DatabaseName("e")))).isEmpty();
        assertThat(service.of(new CatalogName("other"), Optional.empty())).isEmpty();
    }

    @Test
    void keepsTheVersionThatRunsBesideTheNewest() {
        table("t1", "a", "{}");
        String job = job("load", 1, "s");
        record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        jdbi.useHandle(handle -> handle.execute("UPDATE job SET version = 2"));
        version(job, 2, "s2");
        record(job, "load", 2, insert(flow(at("t3", "c"), "y", at("t2", "b"))));
        assertThat(readers("a")).isEmpty();

        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state) VALUES"
                        + " (CAST(? AS uuid), 1, 'f', 1, 1, 'SUBMITTED')",
                job));
        assertThat(readers("a")).containsExactly("default.load@1:3 [x]");

        jdbi.useHandle(handle -> handle.execute("UPDATE attempt SET state = 'ENDED'"));
        assertThat(readers("a")).isEmpty();
    }

    @Test
    void forgetsAJobThatIsDeleted() {
        table("t1", "a", "{}");
        String job = job("load", 1, "s");
        record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));

        jdbi.useHandle(handle -> handle.execute("UPDATE job SET deleted_at = now(), deleted_by = 'alice'"));
        assertThat(readers("a")).as("in the bin").isEmpty();
        jdbi.useHandle(handle -> handle.execute("UPDATE job SET deleted_at = NULL, deleted_by = NULL"));
        assertThat(readers("a")).as("restored").hasSize(1);
        jdbi.useHandle(handle -> handle.execute("DELETE FROM job"));

        assertThat(readers("a")).isEmpty();
        long left = jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM lineage_read")
                .mapTo(Long.class)
                .one());
        assertThat(left).isZero();
    }

    @Test
    void analysesViewsByThemselvesAndAgainWhenTheyChange() {
        table("t1", "a", "{}");
        String definition = "{\"name\": \"v\", \"kind\": \"VIEW\", \"columns\": [{\"name\": \"q`x\", \"kind\":"
                + " \"PHYSICAL\", \"type\": \"INT\"}], \"view\": {\"original\": \"?\", \"expanded\": \"SELECT 1\"}}";
        table("v1", "v", definition);
        LineageTable probe = LineageTable.of(Optional.empty(), "c", "d", "millrace_lineage", true);
        gateway.plans(
                "CREATE TEMPORARY VIEW `millrace_lineage` (`q``x`) AS SELECT 1",
                insert(flow(at("t1", "a"), "x", probe)));

        assertThat(service.catchUp()).isEqualTo(1);
        assertThat(service.catchUp()).isZero();
        assertThat(readers("a")).containsExactly("c.d.v@1:3 [x]");
        LineageGraph graph = service.graph(TablePath.of("c", "d", "v"), Direction.UPSTREAM, 1, Set.of());
        assertThat(graph.tables()).extracting(LineageTable::key).containsExactly("v1", "t1");

        jdbi.useHandle(handle -> handle.execute("UPDATE catalog_table SET version = 2 WHERE id = 'v1'"));
        assertThat(service.catchUp()).isEqualTo(1);
        assertThat(readers("a")).containsExactly("c.d.v@2:3 [x]");

        jdbi.useHandle(handle -> handle.execute("UPDATE catalog_table SET dropped_at = now() WHERE id = 'v1'"));
        assertThat(readers("a")).isEmpty();
    }

    @Test
    void catchesUpWithJobsThatWereNotRecordedAndTriesAgainLater() {
        table("t1", "a", "{}");
        job("late", 1, "INSERT late");

        assertThat(service.catchUp()).as("the gateway cannot parse it").isEqualTo(1);
        assertThat(service.reasons(List.of()))
                .containsExactly("job default.late: The analysis failed: The script cannot be parsed.");
        assertThat(service.catchUp()).as("not due yet").isZero();

        gateway.plans("INSERT late", insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        clock.advance(Duration.ofSeconds(10));
        assertThat(service.catchUp()).isEqualTo(1);
        assertThat(readers("a")).containsExactly("default.late@1:3 [x]");
        assertThat(service.reasons(List.of())).isEmpty();
    }

    @Test
    void waitsForAGatewayThatIsDownWithoutBlamingTheScript() {
        job("late", 1, "INSERT late");
        gateway.goDown();

        assertThatThrownBy(service::catchUp)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GATEWAY_UNAVAILABLE));
        assertThat(service.reasons(List.of())).isEmpty();
    }

    @Test
    void knowsATableThatAJobIsToCreateByItsNameAndThenByItsId() {
        table("t1", "a", "{}");
        String job = job("make", 1, "s");
        record(job, "make", 1, insert(flow(at("t1", "a"), "x", at("", "made"))));
        assertThat(service.graph(TablePath.of("c", "d", "made"), Direction.UPSTREAM, 1, Set.of())
                        .tables())
                .extracting(LineageTable::key)
                .containsExactly("c.d.made", "t1");

        table("t9", "made", columns("7:x"));
        service.catchUp();
        altered("t9", "7:y");

        assertThat(service.graph(TablePath.of("c", "d", "made"), Direction.UPSTREAM, 1, Set.of())
                        .tables())
                .extracting(LineageTable::key)
                .containsExactly("t9", "t1");
        assertThat(service.graph(TablePath.of("c", "d", "made"), Direction.UPSTREAM, 1, Set.of("y"))
                        .edges())
                .hasSize(1);
    }

    @Test
    void tellsTemporaryTablesOfDifferentJobsApart() {
        table("t1", "a", "{}");
        LineageTable temporary = LineageTable.of(Optional.empty(), "c", "d", "tmp", true);
        record(job("one", 1, "s"), "one", 1, insert(flow(at("t1", "a"), "x", temporary)));
        record(job("two", 1, "s"), "two", 1, insert(flow(temporary, "x", at("t2", "b"))));

        LineageGraph graph = service.graph(TablePath.of("c", "d", "a"), Direction.DOWNSTREAM, 9, Set.of());
        assertThat(graph.flows()).extracting(made -> made.maker().name()).containsExactly("default.one");
        assertThat(graph.tables()).extracting(LineageTable::temporary).containsExactly(false, true);
    }

    @Test
    void saysThatAGatewayGaveNoLineage() {
        table("t1", "a", "{}");
        String job = job("dumb", 1, "s");
        TableUse read = new TableUse("c", "d", "a", Optional.of("t1@1"), false);
        TableUse write = new TableUse("c", "d", "b", Optional.of("t2@1"), false);
        record(
                job,
                "dumb",
                1,
                new ScriptAnalysis(
                        List.of(new ScriptStatement(
                                "INSERT",
                                StatementClass.SINK,
                                "…",
                                1,
                                1,
                                List.of(read),
                                List.of(write),
                                List.of(),
                                List.of())),
                        List.of()));

        assertThat(readers("a", "any")).containsExactly("default.dumb@1:1 []");
        assertThat(service.graph(TablePath.of("c", "d", "a"), Direction.DOWNSTREAM, 1, Set.of())
                        .reasons())
                .containsExactly("job default.dumb, line 1: The gateway gave no lineage of columns.");
    }

    @Test
    void refusesATableThatNobodyKnowsAndADepthThatIsNone() {
        assertThatThrownBy(() -> readers("nothing"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND));
        assertThatThrownBy(() -> service.graph(TablePath.of("c", "d", "a"), Direction.BOTH, 0, Set.of()))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.flaws()).extracting(Flaw::pointer).containsExactly("/depth"));
    }
}
