package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.flink.catalog.InMemoryMetastore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Statements through the endpoint, on a real cluster. */
@ExtendWith(Stack.Given.class)
class StatementIT {
    private static final Map<String, String> BATCH = Map.of("execution.runtime-mode", "batch");
    private static final String ENDLESS =
            "CREATE TEMPORARY TABLE numbers (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '50')";

    private final Stack stack;
    private TestGateway.Session sql;

    StatementIT(Stack stack) {
        this.stack = stack;
        this.sql = stack.gateway().session(BATCH);
    }

    @BeforeEach
    void streaming() {
        sql.close();
        sql = stack.gateway().session(Map.of());
    }

    @AfterEach
    void close() {
        sql.close();
    }

    private void batch() {
        sql.ok("SET 'execution.runtime-mode' = 'batch'");
    }

    private String failure(String statement) {
        SqlStatementView view = sql.run(statement).view();
        assertThat(view.state()).as(statement).isEqualTo(SqlStatementState.FAILED);
        return Objects.requireNonNull(view.problem()).detail();
    }

    private ProblemDetail error(String statement) {
        return Objects.requireNonNull(sql.run(statement).view().problem())
                .errors()
                .get(0);
    }

    @Test
    void opensInTheWarehouse() {
        SqlSessionView view = stack.gateway()
                .send("POST", "/v1/sessions", new NewSqlSession(null, null, null))
                .as(SqlSessionView.class);

        assertThat(view.catalog()).isEqualTo("warehouse");
        assertThat(view.database()).isEqualTo("default");
        assertThat(stack.gateway()
                        .send("DELETE", "/v1/sessions/" + view.id(), null)
                        .status())
                .isEqualTo(204);
        assertThat(stack.gateway()
                        .send("DELETE", "/v1/sessions/" + view.id(), null)
                        .problem()
                        .code())
                .isEqualTo("SQL_SESSION_NOT_FOUND");
    }

    @Test
    void returnsEveryKindOfValue() {
        batch();

        var result = sql.ok(
                "SELECT 1, CAST(2 AS BIGINT), 1.50, TRUE, 'x', DATE '2026-01-02', TIMESTAMP '2026-01-02 03:04:05.678',"
                        + " CAST(NULL AS INT), ARRAY[1, 2], MAP['k', 1.5], ROW(1, 'a'), x'0aff', TIME '10:11:12',"
                        + " CAST('NaN' AS DOUBLE)");

        assertThat(result.view().kind()).isEqualTo("SELECT");
        assertThat(result.view().flinkJobId()).matches("[0-9a-f]{32}");
        assertThat(result.values().get(0))
                .isEqualTo(Arrays.asList(
                        1,
                        2,
                        "1.50",
                        true,
                        "x",
                        "2026-01-02",
                        "2026-01-02 03:04:05.678",
                        null,
                        List.of(1, 2),
                        Map.of("k", "1.5"),
                        Map.of("EXPR$0", 1, "EXPR$1", "a"),
                        "0aff",
                        "10:11:12",
                        "NaN"));
    }

    @Test
    void answersAQueryOverBoundedTablesOnceAndInItsOrder() {
        var result = sql.ok("SELECT name, COUNT(*) AS c FROM (VALUES ('a'), ('b'), ('b')) AS t (name)"
                + " GROUP BY name ORDER BY c DESC, name");

        assertThat(result.rows())
                .containsExactly(new ResultRow("+I", List.of("b", 2)), new ResultRow("+I", List.of("a", 1)));
    }

    @Test
    void showsChangesOfAStreamingQuery() {
        sql.ok("SET 'execution.runtime-mode' = 'streaming'");

        var result = sql.ok("SELECT name, COUNT(*) AS c FROM (VALUES ('a'), ('a')) AS t (name) GROUP BY name");

        assertThat(result.rows())
                .containsExactly(
                        new ResultRow("+I", List.of("a", 1)),
                        new ResultRow("-U", List.of("a", 1)),
                        new ResultRow("+U", List.of("a", 2)));
        assertThat(result.view().columns())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly("name CHAR(1) NOT NULL", "c BIGINT NOT NULL");
    }

    @Test
    void endsAQueryAtItsRows() {
        sql.ok(ENDLESS);

        var result = sql.run(new NewSqlStatement("SELECT n FROM numbers", 5, null));

        assertThat(result.rows()).hasSize(5);
        assertThat(result.view().truncated()).isTrue();
        assertThat(result.view().message()).contains("after 5 rows");
        stack.flink().awaitState(Objects.requireNonNull(result.view().flinkJobId()), "CANCELED");
    }

    @Test
    void endsAQueryAtItsRowsAlsoWhenNoFurtherRowComes() {
        sql.ok("CREATE TEMPORARY TABLE counting (n INT)"
                + " WITH ('connector' = 'datagen', 'rows-per-second' = '50', 'fields.n.kind' = 'random',"
                + " 'fields.n.min' = '1', 'fields.n.max' = '3')");

        var result = sql.run(new NewSqlStatement("SELECT DISTINCT n FROM counting", 3, 60));

        assertThat(result.values()).flatExtracting(row -> row).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(result.view().message()).contains("after 3 rows");
    }

    @Test
    void endsAQueryAtItsTime() {
        sql.ok(ENDLESS);

        var result = sql.run(new NewSqlStatement("SELECT n FROM numbers", null, 2));

        assertThat(result.view().state()).isEqualTo(SqlStatementState.FINISHED);
        assertThat(result.view().truncated()).isTrue();
        assertThat(result.view().message()).contains("after 2 s");
        stack.flink().awaitState(Objects.requireNonNull(result.view().flinkJobId()), "CANCELED");
    }

    @Test
    void cancelsTheJobOfACancelledQuery() {
        sql.ok(ENDLESS);
        String id = sql.begin(new NewSqlStatement("SELECT n FROM numbers", null, null))
                .id();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> sql.view(id).rowCount() > 0);
        String job = Objects.requireNonNull(sql.view(id).flinkJobId());

        stack.gateway().send("DELETE", "/v1/sessions/" + sql.id() + "/statements/" + id, null);

        stack.flink().awaitState(job, "CANCELED");
        assertThat(stack.gateway()
                        .send("GET", "/v1/sessions/" + sql.id() + "/statements/" + id, null)
                        .problem()
                        .code())
                .isEqualTo("SQL_STATEMENT_NOT_FOUND");
    }

    @Test
    void leavesSubmittedJobsRunningWhenTheSessionIsClosed() {
        sql.ok(ENDLESS);
        sql.ok("CREATE TEMPORARY TABLE nowhere (n INT) WITH ('connector' = 'blackhole')");
        var result = sql.ok("INSERT INTO nowhere SELECT n FROM numbers");
        String job = Objects.requireNonNull(result.view().flinkJobId());
        stack.flink().awaitState(job, "RUNNING");

        sql.close();

        stack.flink().awaitState(job, "RUNNING");
        stack.flink().cancel(job);
    }

    @Test
    void waitsForAnInsertionWhenToldTo() {
        batch();
        sql.ok("SET 'table.dml-sync' = 'true'");
        sql.ok("CREATE TABLE IF NOT EXISTS waited (n INT)");
        var result = sql.ok("INSERT INTO waited VALUES (1), (2)");

        assertThat(sql.ok("SELECT COUNT(*) FROM waited").values()).containsExactly(List.of(2));
        assertThat(stack.flink().rest("/jobs/" + result.view().flinkJobId()).body())
                .contains("FINISHED");
    }

    @Test
    void runsAScriptForFlinksOwnClient() {
        batch();
        sql.ok("SET 'table.dml-sync' = 'true'");
        sql.ok("SET 'sql-client.execution.result-mode' = 'tableau'");
        var made = sql.ok("CREATE TABLE orders (id INT, price DOUBLE) WITH ('connector' = 'filesystem', 'path' = '"
                + stack.folder().resolve("script").toUri() + "', 'format' = 'csv')");
        sql.ok("CREATE TABLE IF NOT EXISTS orders (id INT) WITH ('connector' = 'datagen')");
        sql.ok("CREATE VIEW dear AS SELECT * FROM orders WHERE price > 10");
        sql.ok("CREATE FUNCTION shout AS 'io.millrace.flink.gateway.Shout'");
        sql.ok("BEGIN STATEMENT SET; INSERT INTO orders VALUES (1, 5.0); INSERT INTO orders VALUES (2, 20.0); END");

        assertThat(made.view().message()).contains("lives as long as this session");
        assertThat(sql.ok("SELECT id, shout('a') FROM dear").values()).containsExactly(List.of(2, "A!"));
        assertThat(sql.ok("SHOW TABLES").values()).contains(List.of("orders"), List.of("dear"));
        sql.ok("CREATE TABLE copy WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '"
                + stack.folder().resolve("copy").toUri() + "') AS SELECT * FROM orders");
        assertThat(sql.ok("SELECT COUNT(*) FROM copy").values()).containsExactly(List.of(2));
        sql.ok("DROP FUNCTION shout");
        sql.ok("DROP VIEW dear");
        sql.ok("DROP TABLE orders");
        assertThat(sql.ok("SHOW TABLES").values()).doesNotContain(List.of("orders"), List.of("dear"));
    }

    @Test
    void keepsTablesOfTheCatalog() {
        batch();
        sql.ok("SET 'table.dml-sync' = 'true'");
        sql.ok("CREATE TABLE kept (n INT, day_ STRING) PARTITIONED BY (day_) WITH ('format' = 'csv')");
        sql.ok("CREATE VIEW kept_view AS SELECT n * 2 AS m FROM kept");
        sql.ok("INSERT INTO kept VALUES (21, '2026')");
        sql.close();

        sql = stack.gateway().session(BATCH);

        assertThat(sql.ok("SELECT m FROM kept_view").values()).containsExactly(List.of(42));
        assertThat(sql.ok("SHOW CREATE TABLE kept").text()).isEqualTo("CREATE TABLE kept of the server");
        assertThat(sql.ok("SHOW CREATE VIEW kept_view").text()).isEqualTo("CREATE VIEW kept_view of the server");
        assertThat(failure("SHOW CREATE TABLE kept_view")).contains("SHOW CREATE VIEW");
        sql.ok("CREATE TEMPORARY TABLE like_kept LIKE kept");
        assertThat(sql.ok("SHOW CREATE TABLE like_kept").text())
                .contains("CREATE TEMPORARY TABLE", "'format' = 'csv'")
                .doesNotContain("ref", "connector", InMemoryMetastore.SECRET);
        assertThat(sql.ok("EXPLAIN SELECT * FROM kept").text()).doesNotContain(InMemoryMetastore.SECRET);
        sql.ok("CREATE TABLE kept_as AS SELECT n FROM kept");
        assertThat(sql.ok("DROP TABLE kept_as").view().message()).isEqualTo("Job 'reader' reads it.");
        sql.ok("ALTER TABLE kept RENAME TO kept2");
        assertThat(sql.ok("ALTER TABLE IF EXISTS kept ADD m INT").view().kind()).isEqualTo("ALTER_TABLE");
        sql.ok("DROP VIEW kept_view");
        sql.ok("DROP TABLE kept2");
    }

    @Test
    void keepsSettingsAndShowsOnlyThem() {
        sql.ok("SET 'table.exec.state.ttl' = '1 h'");

        assertThat(sql.ok("SET").values()).containsExactly(List.of("table.exec.state.ttl", "1 h"));
        sql.ok("RESET");
        assertThat(sql.ok("SET").rows()).isEmpty();
    }

    @Test
    void refusesByNameAndSaysWhy() {
        assertThat(failure("SET 'execution.target' = 'local'")).contains("belongs to the platform");
        assertThat(failure("ADD JAR '/tmp/x.jar'")).contains("ADD JAR is not run here");
        assertThat(failure("BEGIN STATEMENT SET")).contains("has no END");
        assertThat(failure("CREATE CATALOG c WITH ('type' = 'generic_in_memory')"))
                .contains("CREATE CATALOG");
        assertThat(failure("SHOW JOBS")).contains("millrace job");
        assertThat(failure("LOAD MODULE hive")).contains("LOAD MODULE");
        assertThat(failure("EXECUTE PLAN '/tmp/p'")).contains("COMPILE PLAN");
        assertThat(failure("CREATE TEMPORARY FUNCTION f AS 'x.Y' USING JAR '/tmp/a.jar'"))
                .contains("USING JAR");
        assertThat(failure("SELECT * FROM t /*+ OPTIONS('connector'='datagen') */"))
                .contains("as hints");
        assertThat(failure("QUIT")).contains("shell");
    }

    @Test
    void saysWhereTheErrorIs() {
        ProblemDetail syntax = error("SELECT 1\n  FORM t");
        assertThat(List.of(syntax.line(), syntax.column())).containsExactly(2, 8);

        sql.ok("CREATE TEMPORARY TABLE sales (id INT, amount INT) WITH ('connector' = 'datagen')");
        ProblemDetail column = error("SELECT id,\n  amout FROM sales");
        assertThat(column.detail()).contains("amout");
        assertThat(List.of(column.line(), column.column(), column.endColumn())).containsExactly(2, 3, 7);
        assertThat(column.hint()).isEqualTo("Did you mean 'amount'?");

        assertThat(error("SELECT * FROM sale").hint()).isEqualTo("Did you mean 'sales'?");
        assertThat(error("SELECT * FROM SALES"))
                .extracting(ProblemDetail::detail, ProblemDetail::hint)
                .containsExactly("Object 'SALES' not found within 'warehouse.default'", "Did you mean 'sales'?");
        assertThat(error("INSERT INTO sale SELECT 1, 2").hint()).isEqualTo("Did you mean 'sales'?");
        assertThat(error("USE default").hint()).contains("write it in backticks: `default`");
        assertThat(error("SELECT * FROM kafka.local.t").hint()).contains("write it in backticks: `local`");
        assertThat(error("SELECT UPER('x')").hint()).isEqualTo("Did you mean 'UPPER'?");
    }

    @Test
    void explainsFailuresWhileRunning() {
        batch();

        SqlStatementView view = sql.run("SELECT CAST(name AS INT) FROM (VALUES ('1'), ('x')) AS t (name)")
                .view();

        assertThat(view.state()).isEqualTo(SqlStatementState.FAILED);
        assertThat(Objects.requireNonNull(view.problem()).code()).isEqualTo("SQL_FAILED");
        assertThat(view.problem().detail()).contains("x").doesNotContain("\tat ");
    }

    @Test
    void passesOnFlinksAdviceAboutConflictingKeys() {
        sql.ok(ENDLESS);
        sql.ok("CREATE TEMPORARY TABLE keyed (k INT, c BIGINT, PRIMARY KEY (k) NOT ENFORCED)"
                + " WITH ('connector' = 'blackhole')");

        assertThat(failure(
                        "INSERT INTO keyed SELECT m, COUNT(*) FROM (SELECT n, n + 1 AS m FROM numbers) GROUP BY n, m"))
                .contains("ON CONFLICT DO DEDUPLICATE");
    }

    @Test
    void refusesRequestsThatAreNotOurs() {
        assertThat(stack.gateway().send("POST", "/v1/sessions", "{}", "wrong").status())
                .isEqualTo(401);
        assertThat(stack.gateway().send("GET", "/v1/health", null, "wrong").body())
                .contains("2.3.0");
        assertThat(stack.gateway()
                        .send("POST", "/v1/sessions", "{\"nope\":1}")
                        .problem()
                        .code())
                .isEqualTo("REQUEST_INVALID");
        assertThat(stack.gateway().send("GET", "/v1/nope", null).status()).isEqualTo(404);
        assertThat(stack.gateway()
                        .send(
                                "POST",
                                "/v1/sessions/" + sql.id() + "/statements",
                                new NewSqlStatement("SELECT 1; SELECT 2", null, null))
                        .problem()
                        .detail())
                .contains("exactly one statement");
    }
}
