package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.Completion;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.Completions;
import io.millrace.api.sql.Lineage;
import io.millrace.api.sql.LineageColumn;
import io.millrace.api.sql.LineageInput;
import io.millrace.api.sql.LineageKind;
import io.millrace.api.sql.LineageSource;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.ObjectUse;
import io.millrace.api.sql.StatementClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.Map;

/** Scripts analysed against real catalogs; nothing of them may happen. */
@ExtendWith(Stack.Given.class)
class AnalysisIT {
    private final Stack stack;
    private TestGateway.Session sql;

    AnalysisIT(Stack stack) {
        this.stack = stack;
        this.sql = stack.gateway().session(Map.of());
    }

    @BeforeEach
    void tables() {
        sql.ok("CREATE TABLE IF NOT EXISTS events (id BIGINT, kind STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)"
                + " WITH ('format' = 'csv')");
        sql.ok("CREATE TABLE IF NOT EXISTS counts (kind STRING, c BIGINT) WITH ('format' = 'csv')");
    }

    @AfterEach
    void close() {
        sql.close();
    }

    private Analysis analyse(String script) {
        TestGateway.Reply reply =
                stack.gateway().send("POST", "/v1/analyses", new NewAnalysis(script, null, null, null));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.as(Analysis.class);
    }

    private List<String> complete(String text) {
        int cursor = text.indexOf('|');
        return stack
                .gateway()
                .send(
                        "POST",
                        "/v1/sessions/" + sql.id() + "/completions",
                        new CompletionRequest(text.replace("|", ""), cursor))
                .as(Completions.class)
                .items()
                .stream()
                .map(Completion::text)
                .toList();
    }

    private String ref(String table) {
        return stack.metastore().stored("warehouse", "default", table).ref();
    }

    @Test
    void saysWhatAScriptIsAndTouches() {
        Analysis analysis = analyse("""
                SET 'execution.runtime-mode' = 'batch';
                CREATE TEMPORARY VIEW recent AS SELECT * FROM events WHERE kind <> 'x';
                INSERT INTO counts
                SELECT kind, COUNT(*) FROM recent WHERE id IN (SELECT c FROM counts) GROUP BY kind;
                """);

        assertThat(analysis.errors()).isEmpty();
        assertThat(analysis.statements())
                .extracting(AnalysedStatement::kind, AnalysedStatement::type)
                .containsExactly(
                        tuple("SET", StatementClass.SETTING),
                        tuple("CREATE_VIEW", StatementClass.TEMPORARY),
                        tuple("INSERT", StatementClass.SINK));
        AnalysedStatement insert = analysis.statements().get(2);
        assertThat(insert.span().line()).isEqualTo(3);
        assertThat(insert.writes())
                .containsExactly(new ObjectRef("warehouse", "default", "counts", ref("counts"), false));
        assertThat(insert.reads())
                .extracting(ObjectRef::name, ObjectRef::ref)
                .containsExactly(tuple("counts", ref("counts")), tuple("events", ref("events")));
    }

    @Test
    void asksForAllTablesOfAScriptTogether() {
        stack.metastore().takeRequests();

        Analysis analysis = analyse("""
                INSERT INTO counts SELECT kind, id FROM events WHERE id > 3;
                INSERT INTO warehouse.`default`.counts SELECT kind, id FROM warehouse.`default`.events;
                """);

        assertThat(analysis.errors()).isEmpty();
        assertThat(stack.metastore().takeRequests())
                .filteredOn(request -> !request.startsWith("GET catalogs") || request.contains("tables"))
                .containsExactly("POST lookups", "POST resolutions");
    }

    @Test
    void asksOnceWhetherAScriptMayCallAFunction() {
        String name = "echo" + System.identityHashCode(this);
        sql.ok("CREATE FUNCTION kafka.main." + name + " AS 'io.millrace.flink.catalog.Reversed'");
        String insert = "INSERT INTO counts SELECT kafka.main." + name + "(kind), id FROM events;\n";
        stack.metastore().takeRequests();

        Analysis analysis = analyse(insert + insert + insert);

        assertThat(analysis.errors()).isEmpty();
        assertThat(stack.metastore().takeRequests())
                .filteredOn("POST authorizations"::equals)
                .hasSize(1);
    }

    @Test
    void pointsAtEachStatementThatIsNotAllowed() {
        stack.metastore().decisions().deny("WRITE", "counts");
        stack.metastore().decisions().takeUses();
        try {
            Analysis analysis = analyse("""
                    INSERT INTO counts SELECT kind, id FROM events;
                    CREATE TEMPORARY VIEW recent AS SELECT * FROM events WHERE id > 3;
                    SELECT * FROM recent;
                      INSERT INTO counts SELECT kind, id FROM recent;
                    """);

            assertThat(analysis.errors())
                    .extracting(ProblemDetail::line, ProblemDetail::column, ProblemDetail::detail)
                    .containsExactly(
                            tuple(1, 1, "WRITE on 'counts' is needed."), tuple(4, 3, "WRITE on 'counts' is needed."));
            assertThat(analysis.statements())
                    .extracting(AnalysedStatement::kind)
                    .containsExactly("CREATE_VIEW", "SELECT");
            assertThat(stack.metastore().decisions().takeUses())
                    .extracting(ObjectUse::privilege, ObjectUse::ref)
                    .containsExactly(tuple("WRITE", ref("counts")), tuple("WRITE", ref("counts")));
        } finally {
            stack.metastore().decisions().allow();
        }
    }

    @Test
    void plansTheTemporaryObjectsOfASessionWithOneLookup() {
        sql.ok("CREATE TEMPORARY VIEW upper_ones AS SELECT * FROM events");
        sql.ok("CREATE TEMPORARY VIEW lower_ones AS SELECT * FROM counts");
        stack.metastore().takeRequests();

        TestGateway.Reply reply = stack.gateway()
                .send("POST", "/v1/analyses", new NewAnalysis("SELECT * FROM upper_ones", sql.id(), null, null));

        assertThat(reply.as(Analysis.class).errors()).as(reply.body()).isEmpty();
        assertThat(stack.metastore().takeRequests())
                .filteredOn(request -> request.contains("lookups") || request.contains("authorizations"))
                .containsExactly("POST lookups");
    }

    @Test
    void saysWhereTheColumnsOfEachSinkComeFrom() {
        Analysis analysis = analyse("""
                CREATE TEMPORARY VIEW recent AS SELECT UPPER(kind) AS k, id FROM events WHERE id > 3;
                BEGIN STATEMENT SET;
                INSERT INTO counts SELECT k, id FROM recent;
                INSERT INTO counts (c) SELECT id FROM events;
                END;
                SELECT * FROM recent;
                """);

        assertThat(analysis.errors()).isEmpty();
        assertThat(analysis.statements().get(0).lineage())
                .singleElement()
                .satisfies(view -> assertThat(view.target())
                        .isEqualTo(new ObjectRef("warehouse", "default", "recent", null, true)));
        List<Lineage> sinks = analysis.statements().get(1).lineage();
        assertThat(sinks)
                .extracting(Lineage::target)
                .containsOnly(new ObjectRef("warehouse", "default", "counts", ref("counts"), false));
        assertThat(sinks.get(0).complete()).isTrue();
        assertThat(sinks.get(0).inputs())
                .containsExactly(
                        new LineageInput(
                                new ObjectRef("warehouse", "default", "events", ref("events"), false),
                                false,
                                List.of("id", "kind")),
                        new LineageInput(new ObjectRef("warehouse", "default", "recent", null, true), true, List.of()));
        assertThat(sinks.get(0).columns())
                .containsExactly(
                        new LineageColumn(
                                "kind",
                                "UPPER(kind)",
                                List.of(new LineageSource(0, "kind", LineageKind.TRANSFORMATION))),
                        new LineageColumn("c", "id", List.of(new LineageSource(0, "id", LineageKind.IDENTITY))));
        assertThat(sinks.get(0).indirect()).containsExactly(new LineageSource(0, "id", LineageKind.FILTER));
        assertThat(sinks.get(1).inputs()).hasSize(1);
        assertThat(analysis.statements().get(2).lineage()).isEmpty();
    }

    @Test
    void changesNothing() {
        Analysis analysis = analyse("""
                CREATE DATABASE drafts;
                USE drafts;
                CREATE TABLE a (n INT, `at` TIMESTAMP(3) METADATA FROM 'timestamp') WITH ('format' = 'csv');
                ALTER TABLE a ADD m AS n + 1;
                CREATE VIEW v AS SELECT m FROM a;
                INSERT INTO a (n) SELECT m FROM v;
                CREATE TABLE b AS SELECT n FROM a;
                SELECT * FROM b;
                DROP TABLE a;
                ALTER TABLE b RENAME TO c;
                DESCRIBE c;
                """);

        assertThat(analysis.errors()).isEmpty();
        assertThat(analysis.statements()).hasSize(11);
        assertThat(sql.ok("SHOW DATABASES").values()).doesNotContain(List.of("drafts"));
        assertThat(sql.ok("SHOW TABLES").values()).doesNotContain(List.of("a"), List.of("b"), List.of("c"));
    }

    @Test
    void findsAllErrorsWithTheirPlaces() {
        Analysis analysis = analyse("""
                -- a comment
                SELECT kindd FROM events;
                CREATE TEMPORARY TABLE gone (n INT) WITH (;
                INSERT INTO gone SELECT 1;
                INSERT INTO counts SELECT kind, id FROM evnts;
                ADD JAR '/tmp/x.jar';
                SELECT 1;
                """);

        assertThat(analysis.errors())
                .extracting(ProblemDetail::line, ProblemDetail::column, ProblemDetail::hint)
                .containsExactly(
                        tuple(2, 8, "Did you mean 'kind'?"),
                        tuple(3, 42, null),
                        tuple(5, 41, "Did you mean 'events'?"),
                        tuple(6, 1, null));
        assertThat(analysis.statements())
                .extracting(AnalysedStatement::type)
                .containsExactly(StatementClass.REFUSED, StatementClass.QUERY);
    }

    @Test
    void findsWhatOnlyThePlannerKnows() {
        Analysis analysis = analyse("INSERT INTO counts SELECT kind, COUNT(*) FROM events GROUP BY kind");

        assertThat(analysis.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.detail()).contains("doesn't support consuming update changes"));
    }

    @Test
    void analysesAStatementSetAsOne() {
        Analysis analysis = analyse("""
                CREATE TEMPORARY TABLE s (n INT) WITH ('connector' = 'blackhole');
                BEGIN STATEMENT SET;
                INSERT INTO s SELECT CAST(id AS INT) FROM events;
                INSERT INTO counts SELECT kind, id FROM events;
                END;
                """);

        assertThat(analysis.errors()).isEmpty();
        assertThat(analysis.statements()).hasSize(2);
        assertThat(analysis.statements().get(1).writes())
                .extracting(ObjectRef::name)
                .containsExactly("counts", "s");
        assertThat(analysis.statements().get(1).writes())
                .extracting(ObjectRef::temporary)
                .containsExactly(false, true);
    }

    @Test
    void seesWhatTheSessionMade() {
        sql.ok("CREATE TABLE mine (n INT) WITH ('connector' = 'datagen')");
        sql.ok("CREATE FUNCTION shout AS 'io.millrace.flink.gateway.Shout'");
        sql.ok("USE CATALOG default_catalog");
        sql.ok("CREATE TABLE inner_table (n INT) WITH ('connector' = 'datagen')");

        Analysis analysis = stack.gateway()
                .send(
                        "POST",
                        "/v1/analyses",
                        new NewAnalysis(
                                "SELECT n FROM inner_table UNION ALL SELECT n FROM warehouse.`default`.mine;"
                                        + "SELECT warehouse.`default`.shout('a');",
                                sql.id(),
                                null,
                                null))
                .as(Analysis.class);

        assertThat(analysis.errors()).isEmpty();
        assertThat(analysis.statements().get(0).reads())
                .extracting(ObjectRef::name, ObjectRef::temporary)
                .containsExactly(tuple("inner_table", false), tuple("mine", true));
        assertThat(analysis.statements().get(1).functions()).containsExactly("warehouse.default.shout");
    }

    @Test
    void completesWhatMayStandAtTheCursor() {
        assertThat(complete("SELECT * FROM ev|")).startsWith("events");
        assertThat(complete("SELECT k| FROM events")).startsWith("kind");
        assertThat(complete("SELECT e.| FROM events AS e")).containsExactly("id", "kind", "ts");
        assertThat(complete("SELECT * FROM |")).contains("events", "counts", "warehouse", "kafka");
        assertThat(complete("SELECT * FROM warehouse.|")).contains("`default`");
        assertThat(complete("SELECT * FROM warehouse.`default`.c|")).containsExactly("counts");
        assertThat(complete("SEL|")).startsWith("SELECT");
        assertThat(complete("SELECT UPP|")).contains("UPPER");
        assertThat(complete("SELECT 1; GRA|")).contains("GRANT");
        assertThat(complete("GRANT RE|")).containsExactly("READ");
        assertThat(complete("GRANT READ ON |")).contains("DATABASE", "SERVER", "events", "kafka");
        assertThat(complete("GRANT READ ON DATABASE |")).contains("`default`").doesNotContain("events");
        assertThat(complete("GRANT READ ON events |")).containsExactly("TO");
    }
}
