package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.api.sql.StatementClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Functions of catalogs through the endpoint, on a real cluster. */
@ExtendWith(Stack.Given.class)
class FunctionIT {
    private static final String REVERSED = " AS 'io.millrace.flink.catalog.Reversed'";
    private static final String NEGATED = " AS 'io.millrace.flink.catalog.Reversed$Negated'";
    private static final String WITNESS = " AS 'io.millrace.flink.gateway.Witness'";
    private static final String SHOUT = " AS 'io.millrace.flink.gateway.Shout'";

    private final Stack stack;
    private TestGateway.Session sql;

    FunctionIT(Stack stack) {
        this.stack = stack;
        this.sql = session();
    }

    private TestGateway.Session session() {
        return stack.gateway().session(Map.of("execution.runtime-mode", "batch"));
    }

    @AfterEach
    void close() {
        sql.ok("DROP FUNCTION IF EXISTS kafka.main.turn");
        sql.close();
    }

    private Problem failure(String statement) {
        SqlStatementView view = sql.run(statement).view();
        assertThat(view.state()).as(statement).isEqualTo(SqlStatementState.FAILED);
        return Objects.requireNonNull(view.problem());
    }

    private Analysis analyse(String script) {
        return stack.gateway()
                .send("POST", "/v1/analyses", new NewAnalysis(script, null, null, null))
                .as(Analysis.class);
    }

    @Test
    void areKeptByTheCatalogAndRunOnTheCluster() {
        sql.ok("CREATE FUNCTION kafka.main.Turn" + REVERSED);
        sql.close();

        sql = session();
        assertThat(sql.ok("SELECT kafka.main.turn(w) FROM (VALUES ('ab'), ('cd')) AS t(w)")
                        .values())
                .containsExactlyInAnyOrder(List.of("ba"), List.of("dc"));
        sql.ok("USE kafka.main");
        assertThat(sql.ok("SELECT TURN('ab')").values()).containsExactly(List.of("ba"));
        assertThat(sql.ok("SHOW USER FUNCTIONS").values()).containsExactly(List.of("turn"));
        assertThat(sql.ok("DESCRIBE FUNCTION EXTENDED turn").values().toString())
                .contains("io.millrace.flink.catalog.Reversed");
        sql.ok("ALTER FUNCTION turn" + NEGATED);
        assertThat(sql.ok("SELECT turn(1)").values()).containsExactly(List.of(-1));
        assertThat(sql.ok("DROP FUNCTION turn").view().message()).contains("Job 'reader' reads it.");
        assertThat(failure("SELECT turn(1)").detail()).containsIgnoringCase("turn");
    }

    @Test
    void areKeptByTheHomeCatalogIfAListOffersTheirClass() {
        sql.ok("CREATE FUNCTION kept" + REVERSED);
        String message = sql.ok("CREATE FUNCTION shout" + SHOUT).view().message();
        assertThat(message).contains("No list of functions offers class", "lives as long as this session");
        sql.ok("CREATE VIEW turned_view AS SELECT kept('ab') AS t");
        sql.close();

        sql = session();
        assertThat(sql.ok("SELECT kept('ab')").values()).containsExactly(List.of("ba"));
        assertThat(sql.ok("SELECT t FROM turned_view").values()).containsExactly(List.of("ba"));
        assertThat(failure("SELECT shout('ab')").detail()).containsIgnoringCase("shout");
        sql.ok("DROP VIEW turned_view");
        sql.ok("DROP FUNCTION kept");
    }

    @Test
    void areRefusedByTheNameOfTheirClassAndWithARemedy() {
        Problem missing = failure("CREATE FUNCTION kafka.main.turn AS 'com.example.Missing'");
        assertThat(missing.code()).isEqualTo("SQL_INVALID");
        assertThat(missing.detail())
                .contains("'com.example.Missing' is not on Flink's class path", "put its jar into Flink's lib folder");
        assertThat(failure("CREATE FUNCTION kafka.main.turn AS 'java.lang.String'")
                        .detail())
                .contains("'java.lang.String' is no function", "extend ScalarFunction");
        assertThat(failure("CREATE FUNCTION kafka.main.turn" + SHOUT).detail())
                .contains("'io.millrace.flink.gateway.Shout'", "META-INF/millrace/functions");
        assertThat(failure("CREATE FUNCTION kafka.main.turn" + REVERSED + " LANGUAGE SCALA")
                        .detail())
                .contains("LANGUAGE SCALA");
        assertThat(failure("CREATE FUNCTION kafka.main.turn" + REVERSED + " LANGUAGE PYTHON")
                        .detail())
                .contains("Python");
        Problem jar = failure("CREATE FUNCTION kafka.main.turn" + REVERSED + " USING JAR '/tmp/a.jar'");
        assertThat(jar.code()).isEqualTo("SQL_REFUSED");
        assertThat(jar.detail()).contains("USING JAR", "Jars will come through artifacts later");

        sql.ok("CREATE FUNCTION kafka.main.turn" + REVERSED);
        sql.ok("CREATE FUNCTION IF NOT EXISTS kafka.main.TURN" + NEGATED);
        assertThat(failure("CREATE FUNCTION kafka.main.TURN" + NEGATED).detail())
                .contains("exists");
        assertThat(failure("ALTER FUNCTION kafka.main.turn" + SHOUT).detail()).contains("META-INF/millrace/functions");
        assertThat(sql.ok("SELECT kafka.main.turn('ab')").values()).containsExactly(List.of("ba"));
    }

    @Test
    void areAnalysedWithoutBeingMade() {
        Analysis analysis = analyse("CREATE FUNCTION kafka.main.turn" + REVERSED + "; SELECT kafka.main.TURN('ab');"
                + " ALTER FUNCTION kafka.main.turn" + NEGATED + "; SELECT kafka.main.turn(1);"
                + " CREATE FUNCTION shout" + SHOUT + "; DROP FUNCTION kafka.main.turn;");

        assertThat(analysis.errors()).isEmpty();
        assertThat(analysis.statements())
                .extracting(AnalysedStatement::type)
                .containsExactly(
                        StatementClass.CATALOG,
                        StatementClass.QUERY,
                        StatementClass.CATALOG,
                        StatementClass.QUERY,
                        StatementClass.TEMPORARY,
                        StatementClass.CATALOG);
        assertThat(analysis.statements().get(1).functions()).containsExactly("kafka.main.turn");
        assertThat(failure("SELECT kafka.main.turn('ab')").detail()).containsIgnoringCase("turn");

        assertThat(analyse("CREATE FUNCTION kafka.main.turn AS 'x.Y'").errors())
                .extracting(ProblemDetail::detail)
                .singleElement()
                .asString()
                .contains("'x.Y' is not on Flink's class path");
    }

    @Test
    void areListedAmongWhatAViewCalls() {
        sql.ok("CREATE FUNCTION kafka.main.turn" + REVERSED);

        AnalysedStatement view = analyse("CREATE VIEW v AS SELECT kafka.main.turn(w) AS t FROM (VALUES ('ab')) AS t(w)")
                .statements()
                .get(0);

        assertThat(view.functions()).containsExactly("kafka.main.turn");
    }

    /** Neither the view nor what it calls is found in the plan as such. */
    @Test
    void areAmongWhatThePlannerOfAScriptWasHanded() {
        sql.ok("CREATE FUNCTION kafka.main.turn" + REVERSED);
        sql.ok("CREATE TABLE IF NOT EXISTS words (w STRING) WITH ('format' = 'csv')");
        sql.ok("CREATE VIEW IF NOT EXISTS turned AS SELECT kafka.main.turn(w) AS w FROM words");

        Analysis analysis = analyse("INSERT INTO words SELECT w FROM turned");

        assertThat(analysis.tables())
                .extracting(ObjectRef::name, ObjectRef::ref)
                .containsExactlyInAnyOrder(tuple("words", ref("words")), tuple("turned", ref("turned")));
        assertThat(analysis.functions())
                .extracting(ObjectRef::catalog, ObjectRef::database, ObjectRef::name)
                .containsExactly(tuple("kafka", "main", "turn"));
        sql.ok("DROP VIEW turned");
        sql.ok("DROP TABLE words");
    }

    /** The gateway is in this process, and the cluster is not. */
    @Test
    void areCalledInJobsAlone() {
        List<String> witnesses = List.of(
                "witness",
                "kafka.main.temporary_witness",
                "default_catalog.default_database.in_memory_witness",
                "system_witness");
        sql.ok("CREATE FUNCTION " + witnesses.get(0) + WITNESS);
        sql.ok("CREATE TEMPORARY FUNCTION " + witnesses.get(1) + WITNESS);
        sql.ok("CREATE FUNCTION " + witnesses.get(2) + WITNESS);
        sql.ok("CREATE TEMPORARY SYSTEM FUNCTION " + witnesses.get(3) + WITNESS);
        for (String witness : witnesses) {
            assertThat(sql.ok("SELECT " + witness + "('secret')").values()).containsExactly(List.of("secret"));
        }

        assertThat(Witness.calls()).isEmpty();
    }

    @Test
    void areNotCalledToFindPartitions() {
        sql.ok("CREATE TEMPORARY SYSTEM FUNCTION witness" + WITNESS);
        sql.ok("CREATE TABLE parted (w STRING, dt STRING) PARTITIONED BY (dt) WITH ('format' = 'csv')");
        sql.ok("SET 'table.dml-sync' = 'true'");
        sql.ok("INSERT INTO parted VALUES ('a', '2026-01-01'), ('b', '2026-01-02')");

        assertThat(sql.ok("SELECT w FROM parted WHERE witness(w) = 'b' AND dt = '2026-01-02'")
                        .values())
                .containsExactly(List.of("b"));
        assertThat(failure("SELECT w FROM parted WHERE witness(dt) = '2026-01-02'")
                        .detail())
                .contains("Function 'witness' alone would decide which partitions are read");

        assertThat(Witness.calls()).isEmpty();
        sql.ok("DROP TABLE parted");
    }

    /** Flink refuses the last one, because it does not know the value. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        SELECT witness('x')                                                                             | FINISHED
        SELECT w FROM timed WHERE w = 'x' AND witness(w) = 'x'                                          | FINISHED
        SELECT 1 / witness(CAST(2 AS BIGINT)) FROM timed                                                | FINISHED
        SELECT w FROM (VALUES (witness('x'))) AS v(w)                                                   | FINISHED
        SELECT a.w FROM timed AS a JOIN timed AS b ON a.w = b.w AND a.at_time BETWEEN b.at_time - witness(INTERVAL '5' SECOND) AND b.at_time | FINISHED
        SELECT w FROM (SELECT w, ROW_NUMBER() OVER (PARTITION BY w ORDER BY n) AS r FROM timed) WHERE r <= witness(CAST(3 AS BIGINT)) | FINISHED
        SELECT w FROM timed FOR SYSTEM_TIME AS OF CAST(witness('2026-01-01 00:00:00') AS TIMESTAMP(3))  | FAILED
        """)
    void areNotCalledToPlan(String query, SqlStatementState end) {
        sql.ok("SET 'execution.runtime-mode' = 'streaming'");
        sql.ok("CREATE TEMPORARY SYSTEM FUNCTION witness" + WITNESS);
        sql.ok("CREATE TEMPORARY TABLE timed (w STRING, n BIGINT, at_time TIMESTAMP(3),"
                + " WATERMARK FOR at_time AS at_time) WITH ('connector' = 'datagen')");

        assertThat(sql.run("EXPLAIN " + query).view().state()).isEqualTo(end);

        assertThat(Witness.calls()).isEmpty();
    }

    private String ref(String table) {
        return stack.metastore().stored("warehouse", "default", table).ref();
    }
}
