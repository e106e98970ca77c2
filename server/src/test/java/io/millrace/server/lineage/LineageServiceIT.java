package io.millrace.server.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.lineage.Direction;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageGraph;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.sql.InMemorySqlGateway;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptStatement;
import io.millrace.core.sql.StatementClass;
import io.millrace.core.sql.TableUse;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Lineage on a real metastore, with a gateway that knows what it was told. */
class LineageServiceIT {
    private static Jdbi jdbi;

    private final InMemorySqlGateway gateway = new InMemorySqlGateway();
    private final TestClock clock = new TestClock();
    private LineageService service;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("lineage_analysis", "lineage_flow", "job", "catalog_table", "catalog_database")) {
            jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM <table>")
                    .define("table", table)
                    .execute());
        }
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO catalog_database (id, catalog, name, comment, created_at) VALUES (?, 'c', 'd', '', now())",
                UUID.randomUUID()));
        service = new LineageService(new SqlFlows(jdbi), new SqlBacklog(jdbi), gateway, clock);
    }

    private static void table(String id, String name, String definition) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO catalog_table (id, database_id, name, version, definition, created_at, changed_at)"
                        + " SELECT ?, id, ?, 1, CAST(? AS jsonb), now(), now() FROM catalog_database",
                id,
                name,
                definition));
    }

    private static String job(String name, long version, String script) {
        String id = UUID.randomUUID().toString();
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO job (id, name, version, generation, desired, wish, wish_version, wish_savepoint, wish_empty,"
                        + " created_at, changed_at, observed, observed_at, reason, failures) VALUES"
                        + " (CAST(? AS uuid), ?, ?, 1, 'STOPPED', 0, 1, true, false, now(), now(), 'IDLE', now(), '', 0)",
                id,
                name,
                version));
        version(id, version, script);
        return id;
    }

    private static void version(String job, long version, String script) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO job_version (job_id, version, script, mode, target, parallelism, settings, created_at)"
                        + " VALUES (CAST(? AS uuid), ?, ?, 'STREAMING', 'local', 1, '{}', now())",
                job,
                version,
                script));
    }

    private static LineageTable at(String id, String name) {
        return LineageTable.of(
                Optional.of(id).filter(text -> !text.isEmpty()).map(TableId::new), "c", "d", name, false);
    }

    private static Flow flow(LineageTable from, String column, LineageTable to) {
        return new Flow(
                to,
                List.of(new Flow.Input(from, false, List.of(column))),
                List.of(new Flow.Column("x", column, List.of(new Flow.Source(0, column, LineageKind.IDENTITY)))),
                List.of(),
                List.of());
    }

    private static ScriptAnalysis insert(Flow... flows) {
        return new ScriptAnalysis(
                List.of(new ScriptStatement(
                        "INSERT", StatementClass.SINK, "INSERT …", 3, 1, List.of(), List.of(), List.of(flows))),
                List.of());
    }

    private List<String> readers(String table, String... columns) {
        return service.impact(TablePath.of("c", "d", table), Set.of(columns)).stream()
                .map(reader -> reader.maker().name() + "@" + reader.maker().version() + ":" + reader.line() + " "
                        + reader.columns())
                .toList();
    }

    @Test
    void keepsTheFlowsOfTheNewestVersion() {
        table("t1", "a", "{}");
        String job = job("load", 1, "s");
        service.record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        assertThat(readers("a")).containsExactly("load@1:3 [x]");
        assertThat(readers("a", "y")).isEmpty();

        jdbi.useHandle(handle -> handle.execute("UPDATE job SET version = 2"));
        version(job, 2, "s2");
        service.record(job, "load", 2, insert(flow(at("t1", "a"), "y", at("t2", "b"))));
        assertThat(readers("a")).containsExactly("load@2:3 [y]");

        service.record(job, "load", 2, insert(flow(at("t1", "a"), "z", at("t2", "b"))));
        assertThat(readers("a")).as("once more replaces").containsExactly("load@2:3 [z]");
    }

    @Test
    void keepsTheVersionThatRunsBesideTheNewest() {
        table("t1", "a", "{}");
        String job = job("load", 1, "s");
        service.record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        jdbi.useHandle(handle -> handle.execute("UPDATE job SET version = 2"));
        version(job, 2, "s2");
        service.record(job, "load", 2, insert(flow(at("t3", "c"), "y", at("t2", "b"))));
        assertThat(readers("a")).isEmpty();

        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state) VALUES"
                        + " (CAST(? AS uuid), 1, 'f', 1, 1, 'SUBMITTED')",
                job));
        assertThat(readers("a")).containsExactly("load@1:3 [x]");

        jdbi.useHandle(handle -> handle.execute("UPDATE attempt SET state = 'ENDED'"));
        assertThat(readers("a")).isEmpty();
    }

    @Test
    void forgetsAJobThatIsDeleted() {
        table("t1", "a", "{}");
        String job = job("load", 1, "s");
        service.record(job, "load", 1, insert(flow(at("t1", "a"), "x", at("t2", "b"))));

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
                .containsExactly("job late: The analysis failed: The script cannot be parsed.");
        assertThat(service.catchUp()).as("not due yet").isZero();

        gateway.plans("INSERT late", insert(flow(at("t1", "a"), "x", at("t2", "b"))));
        clock.advance(Duration.ofSeconds(10));
        assertThat(service.catchUp()).isEqualTo(1);
        assertThat(readers("a")).containsExactly("late@1:3 [x]");
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
        service.record(job, "make", 1, insert(flow(at("t1", "a"), "x", at("", "made"))));
        assertThat(service.graph(TablePath.of("c", "d", "made"), Direction.UPSTREAM, 1, Set.of())
                        .tables())
                .extracting(LineageTable::key)
                .containsExactly("c.d.made", "t1");

        table("t9", "made", "{}");
        service.catchUp();

        assertThat(service.graph(TablePath.of("c", "d", "made"), Direction.UPSTREAM, 1, Set.of())
                        .tables())
                .extracting(LineageTable::key)
                .containsExactly("t9", "t1");
    }

    @Test
    void tellsTemporaryTablesOfDifferentJobsApart() {
        table("t1", "a", "{}");
        LineageTable temporary = LineageTable.of(Optional.empty(), "c", "d", "tmp", true);
        service.record(job("one", 1, "s"), "one", 1, insert(flow(at("t1", "a"), "x", temporary)));
        service.record(job("two", 1, "s"), "two", 1, insert(flow(temporary, "x", at("t2", "b"))));

        LineageGraph graph = service.graph(TablePath.of("c", "d", "a"), Direction.DOWNSTREAM, 9, Set.of());
        assertThat(graph.flows()).extracting(made -> made.maker().name()).containsExactly("one");
        assertThat(graph.tables()).extracting(LineageTable::temporary).containsExactly(false, true);
    }

    @Test
    void saysThatAGatewayGaveNoLineage() {
        table("t1", "a", "{}");
        String job = job("dumb", 1, "s");
        TableUse read = new TableUse("c", "d", "a", Optional.of("t1@1"), false);
        TableUse write = new TableUse("c", "d", "b", Optional.of("t2@1"), false);
        service.record(
                job,
                "dumb",
                1,
                new ScriptAnalysis(
                        List.of(new ScriptStatement(
                                "INSERT", StatementClass.SINK, "…", 1, 1, List.of(read), List.of(write), List.of())),
                        List.of()));

        assertThat(readers("a", "any")).containsExactly("dumb@1:1 []");
        assertThat(service.graph(TablePath.of("c", "d", "a"), Direction.DOWNSTREAM, 1, Set.of())
                        .reasons())
                .containsExactly("job dumb, line 1: The gateway gave no lineage of columns.");
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
