package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.flink.catalog.InMemoryMetastore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Ways around permissions. The caller may do everything with {@code ok}, nothing with {@code secret}, may read the views
 * over it, and may name no connectors of their own.
 */
@ExtendWith(Stack.Given.class)
class BypassIT {
    private static final String INLINE = "INLINE_CONNECTOR";
    private static final String SECRET = "on 'secret' is needed";
    private static final String TAKEN = "already; drop it or take another name";
    private static final String NO_HINT = "cannot be given as";
    private static final String PLAIN = "one plain literal";
    private static final String NOT_RUN = "is not run here";
    private static final String PLATFORM = "belongs to the platform";
    private static final String FILE = "'connector'='filesystem','path'='/etc/passwd','format'='csv'";
    private static final String MEMORY = "default_catalog.default_database.";
    private static final String CALL = "CALL is not run here";
    private static final String RUNS = "";

    private final Stack stack;
    private TestGateway.Session sql;

    BypassIT(Stack stack) {
        this.stack = stack;
        this.sql = stack.gateway().session(Map.of());
    }

    /** Statements that run, and last of all one that fails with {@code expected}, or runs too without that. */
    private record Attempt(String row, String expected, List<String> statements) {
        static Attempt of(String row, String expected, String... statements) {
            return new Attempt(row, expected, Arrays.asList(statements));
        }
    }

    @BeforeEach
    void tables() {
        sql.close();
        sql = stack.gateway().session(Map.of("execution.runtime-mode", "batch"));
        sql.ok("CREATE TABLE IF NOT EXISTS ok (a BIGINT, s STRING)");
        sql.ok("CREATE TABLE IF NOT EXISTS secret (a BIGINT, s STRING)");
        sql.ok("CREATE VIEW IF NOT EXISTS bobs AS SELECT * FROM secret");
        sql.ok("CREATE VIEW IF NOT EXISTS bobs2 AS SELECT * FROM bobs");
        sql.ok("CREATE FUNCTION IF NOT EXISTS kafka.main.mine AS 'io.millrace.flink.catalog.Reversed'");
        List.of("READ", "WRITE").forEach(each -> stack.metastore().decisions().deny(each, "secret"));
        stack.metastore()
                .decisions()
                .deny(
                        "READ",
                        stack.metastore()
                                .stored("warehouse", "default", "secret")
                                .ref());
        stack.metastore().decisions().deny(INLINE, "");
    }

    @AfterEach
    void close() {
        stack.metastore().decisions().allow();
        sql.ok("DROP FUNCTION IF EXISTS kafka.main.mine");
        List.of("VIEW IF EXISTS bobs2", "VIEW IF EXISTS bobs", "TABLE IF EXISTS secret", "TABLE IF EXISTS ok")
                .forEach(each -> sql.ok("DROP " + each));
        sql.close();
    }

    @Test
    void rowsAreRefusedOnceReadingIs() {
        sql.ok("INSERT INTO ok VALUES (1, 'x')");
        String id = sql.begin(new NewSqlStatement("SELECT * FROM ok", null, 60)).id();
        String rows = "/v1/sessions/" + sql.id() + "/statements/" + id + "/rows?waitMillis=5000";
        assertThat(stack.gateway().send("GET", rows, null).status()).isEqualTo(200);

        stack.metastore().decisions().deny("READ", "ok");

        var refused = stack.gateway().send("GET", rows, null);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem().code()).isEqualTo("ACCESS_DENIED");
    }

    /** Who may name connectors still reaches no file of the host where the server allows none. */
    @Test
    void filesAreAskedForByTheirRealPath() {
        stack.metastore().decisions().allow();
        stack.metastore().decisions().deny("path", "/etc/passwd");
        String asked = "path on '/etc/passwd' is needed";
        String memory = "CREATE TABLE " + MEMORY + "f (s STRING) WITH ";

        assertThat(failure(memory + "(" + FILE + ")")).contains(asked);
        assertThat(failure(memory + "(" + FILE.replace("/etc", "FILE:///etc/.") + ")"))
                .contains(asked);
        assertThat(failure("CREATE TEMPORARY TABLE f WITH (" + FILE + ") LIKE ok (OVERWRITING OPTIONS)"))
                .contains(asked);
        assertThat(failure(memory + "(" + FILE.replace("/etc/", "har:///etc/") + ")"))
                .contains("'path'", "is of 'har'");
        sql.ok(memory + "('connector'='filesystem','path'='/etc/hosts','format'='raw')");
        assertThat(failure("ALTER TABLE " + MEMORY + "f SET ('path'='/etc/passwd')"))
                .contains(asked);
        assertThat(failure("SELECT * FROM " + MEMORY + "f /*+ OPTIONS('path'='/etc/passwd') */"))
                .contains("it says where a table is");
        stack.metastore().decisions().deny("path", "/etc/hosts");
        assertThat(failure("SELECT * FROM " + MEMORY + "f")).contains("path on '/etc/hosts' is needed");
        sql.ok("DROP TABLE " + MEMORY + "f");
    }

    /** B29: an option that no connector knows makes Flink print all of them. */
    @Test
    void aMisspeltOptionShowsNoOther() {
        stack.metastore().decisions().allow();
        sql.ok("CREATE TEMPORARY TABLE misspelt (s STRING) WITH ('connector'='filesystem','path'='/tmp','format'='raw',"
                + "'adress'='db://app:canary-b29@h/d','pass-word'='canary-b29')");

        assertThat(failure("SELECT * FROM misspelt")).contains("adress").doesNotContain("canary-b29");
        assertThat(failure("EXPLAIN SELECT * FROM misspelt")).doesNotContain("canary-b29");
        sql.ok("DROP TEMPORARY TABLE misspelt");
    }

    /** B40: what a view reads is decided when it is read. */
    @Test
    void aViewThatReadsSomethingElseByNowIsDecidedAnew() {
        sql.ok("CREATE VIEW changing AS SELECT a FROM ok");
        sql.ok("EXPLAIN SELECT * FROM changing");
        stack.metastore().decisions().allow();
        sql.ok("ALTER VIEW changing AS SELECT a FROM secret");
        stack.metastore().decisions().deny("READ", "secret");

        assertThat(failure("SELECT * FROM changing")).contains(SECRET);
        sql.ok("DROP VIEW changing");
    }

    /** B22: Flink before 2.2.1 made Java code of such literals (CVE-2026-35194). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s LIKE '$'",
                "s NOT LIKE '%$%'",
                "s LIKE 'x' ESCAPE '$'",
                "s LIKE 'x' ESCAPE '\"'",
                "s LIKE 'x' ESCAPE '\\'",
                "s SIMILAR TO '$'",
                "JSON_EXISTS(s, '$')",
                "JSON_VALUE(s, '$')",
                "JSON_VALUE(s, 'lax $.a' DEFAULT '$' ON EMPTY DEFAULT '$' ON ERROR)",
                "JSON_QUERY(s, '$')",
                "JSON_OBJECT('$' VALUE a)",
                "JSON_OBJECT('k' VALUE JSON_ARRAY('$'))",
                "JSON_STRING('$')",
                "REGEXP_EXTRACT(s, '$')"
            })
    void aLiteralNeverBecomesCode(String expression, @TempDir Path folder) {
        Path mark = folder.resolve("mark");
        String call = "new java.io.File(\"" + mark + "\").mkdirs()";
        for (String payload :
                List.of("\" + " + call + " + \"", "\"); " + call + "; //", "\\u0022 + " + call + " + \\u0022")) {
            String literal = expression
                    .replace("lax $.a", "lax @.a")
                    .replace("$", payload)
                    .replace("@.a", "$.a");
            sql.run(new NewSqlStatement(
                    "SELECT " + literal + " FROM (VALUES (1, '{\"a\": 1}'), (2, 'x')) AS t (a, s)", null, 60));

            assertThat(mark).as(literal).doesNotExist();
        }
    }

    private String failure(String statement) {
        var view = sql.run(new NewSqlStatement(statement, null, 60)).view();
        assertThat(view.state()).as(statement).isEqualTo(SqlStatementState.FAILED);
        return Json.write(view);
    }

    static Stream<Attempt> connectorsOfOnesOwn() {
        return Stream.of(
                Attempt.of(
                        "B01",
                        INLINE,
                        "CREATE TEMPORARY TABLE t (s STRING) WITH ('connector'='kafka','topic'='secret')"),
                Attempt.of("B01", INLINE, "CREATE TABLE t (s STRING) WITH (" + FILE + ")"),
                Attempt.of("B01", INLINE, "CREATE TABLE " + MEMORY + "t (s STRING) WITH (" + FILE + ")"),
                Attempt.of("B01", INLINE, "CREATE TABLE t WITH (" + FILE + ") AS SELECT a FROM ok"),
                Attempt.of("B01", INLINE, "EXPLAIN CREATE TABLE t WITH (" + FILE + ") AS SELECT a FROM ok"),
                Attempt.of(
                        "B01",
                        "INSERT statements only",
                        "BEGIN STATEMENT SET; CREATE TABLE " + MEMORY + "t WITH (" + FILE
                                + ") AS SELECT a FROM ok; END"),
                Attempt.of(
                        "B01",
                        INLINE,
                        "CREATE TABLE " + MEMORY + "t (s STRING) WITH ('connector'='datagen')",
                        "ALTER TABLE " + MEMORY + "t SET (" + FILE + ")"),
                Attempt.of(
                        "B01", INLINE, "CREATE TEMPORARY FUNCTION f AS 'io.millrace.flink.catalog.Reversed$Unlisted'"),
                Attempt.of(
                        "B01",
                        INLINE,
                        "CREATE FUNCTION " + MEMORY + "f AS 'io.millrace.flink.catalog.Reversed'",
                        "ALTER FUNCTION " + MEMORY + "f AS 'io.millrace.flink.catalog.Reversed$Unlisted'"));
    }

    static Stream<Attempt> shadows() {
        String print = " (a BIGINT) WITH ('connector'='print')";
        return Stream.of(
                Attempt.of("B03", TAKEN, "CREATE TEMPORARY TABLE ok" + print),
                Attempt.of("B03", TAKEN, "CREATE TEMPORARY TABLE IF NOT EXISTS ok" + print),
                Attempt.of("B03", TAKEN, "CREATE TEMPORARY TABLE ok LIKE ok"),
                Attempt.of("B03", TAKEN, "CREATE TABLE ok" + print),
                Attempt.of("B03", TAKEN, "CREATE TEMPORARY VIEW ok AS SELECT 1 AS a"),
                Attempt.of("B03", TAKEN, "CREATE TEMPORARY VIEW bobs AS SELECT 1 AS a"),
                Attempt.of(
                        "B03",
                        TAKEN,
                        "CREATE TEMPORARY FUNCTION kafka.main.mine AS 'io.millrace.flink.catalog.Reversed'"),
                Attempt.of(
                        "B03",
                        TAKEN,
                        "CREATE TEMPORARY SYSTEM FUNCTION `upper` AS 'io.millrace.flink.catalog.Reversed'"),
                Attempt.of("B03", PLATFORM, "CREATE TABLE IF NOT EXISTS secret" + print),
                Attempt.of("B03", SECRET, "CREATE TABLE IF NOT EXISTS secret AS SELECT * FROM ok"));
    }

    static Stream<Attempt> likes() {
        return Stream.of(
                Attempt.of("B05", SECRET, "CREATE TEMPORARY TABLE t LIKE secret"),
                Attempt.of("B05", SECRET, "CREATE TABLE t LIKE secret"),
                Attempt.of("B05", SECRET, "CREATE TABLE t (b INT) LIKE warehouse.`default`.secret (EXCLUDING ALL)"),
                Attempt.of("B05", RUNS, "CREATE TEMPORARY TABLE t LIKE ok", "EXPLAIN SELECT * FROM t"),
                Attempt.of("B05", RUNS, "CREATE TEMPORARY TABLE t LIKE ok", "SHOW CREATE TABLE t"),
                Attempt.of(
                        "B06",
                        NO_HINT,
                        "CREATE TEMPORARY TABLE t WITH ('path'='/etc') LIKE ok (OVERWRITING OPTIONS)",
                        "SELECT * FROM t"),
                Attempt.of(
                        "B06", INLINE, "CREATE TEMPORARY TABLE t WITH (" + FILE + ") LIKE ok (OVERWRITING OPTIONS)"));
    }

    static Stream<Attempt> hints() {
        String path = "/*+ OPTIONS('path'='/etc/passwd') */";
        return Stream.of(
                Attempt.of("B08", NO_HINT, "SELECT * FROM ok " + path),
                Attempt.of("B08", NO_HINT, "INSERT INTO ok " + path + " SELECT a, s FROM ok"),
                Attempt.of("B08", NO_HINT, "CREATE VIEW v AS SELECT * FROM ok " + path),
                Attempt.of("B08", NO_HINT, "WITH c AS (SELECT * FROM ok " + path + ") SELECT * FROM c"),
                Attempt.of("B08", NO_HINT, "SELECT 1 FROM ok WHERE EXISTS (SELECT * FROM ok " + path + ")"),
                Attempt.of(
                        "B08",
                        NO_HINT,
                        "SELECT l.a FROM (SELECT a, PROCTIME() AS p FROM ok) AS l JOIN ok " + path
                                + " FOR SYSTEM_TIME AS OF l.p AS r ON l.a = r.a"),
                Attempt.of("B10", NO_HINT, "SELECT * FROM ok /*+ OPTIONS('properties.config.providers'='file') */"),
                Attempt.of("B12", NO_HINT, "SELECT * FROM ok /*+ OPTIONS('PATH'='/etc') */"),
                Attempt.of("B12", NO_HINT, "SELECT * FROM ok /*+ OPTIONS(' path'='/etc') */"),
                Attempt.of("B12", NO_HINT, "SELECT * FROM ok /*+ OPTIONS('CONNECTOR'='print') */"),
                Attempt.of("B12", NO_HINT, "SELECT * FROM ok /*+ OPTIONS(`ref`='t1@1') */"),
                Attempt.of("B12", PLAIN, "SELECT * FROM ok /*+ OPTIONS(U&'\\0072ef'='t1@1') */"),
                Attempt.of("B12", PLAIN, "INSERT INTO ok /*+ OPTIONS('conn'\n'ector'='print') */ SELECT a, s FROM ok"),
                Attempt.of(
                        "B12",
                        NO_HINT,
                        "INSERT INTO ok /*+ OPTIONS('connector' -- x\n ='print') */ SELECT a, s FROM ok"),
                Attempt.of("B12", "not found", "SELECT * FROM `Warehouse`.`default`.`ok`"),
                Attempt.of("B12", "not found", "SELECT * FROM `OK`"));
    }

    static Stream<Attempt> commands() {
        return Stream.of(
                Attempt.of("B13", NOT_RUN, "CREATE CATALOG c WITH ('type'='generic_in_memory')"),
                Attempt.of("B13", NOT_RUN, "DROP CATALOG kafka"),
                Attempt.of("B13", NOT_RUN, "ALTER CATALOG kafka SET ('type'='jdbc')"),
                Attempt.of("B13", "c", "USE CATALOG c"),
                Attempt.of("B16", NOT_RUN, "ADD JAR 'file:///tmp/x.jar'"),
                Attempt.of("B16", NOT_RUN, "ADD JAR 'http://127.0.0.1/x.jar'"),
                Attempt.of("B16", INLINE, "CREATE TEMPORARY FUNCTION f AS 'x.Y' USING JAR 's3://other/x.jar'"),
                Attempt.of("B24", PLATFORM, "SET 'pipeline.jars' = 'file:///tmp/x.jar'"),
                Attempt.of("B24", PLATFORM, "SET 'pipeline.classpaths' = 'file:///tmp/'"),
                Attempt.of("B24", PLATFORM, "SET 'python.executable' = '/bin/sh'"),
                Attempt.of("B24", PLATFORM, "SET 'env.java.opts.all' = '-agentpath:/tmp/x'"),
                Attempt.of("B26", RUNS, "DESCRIBE EXTENDED ok"),
                Attempt.of("B26", RUNS, "SHOW CREATE TABLE ok"),
                Attempt.of("B26", NOT_RUN, "DESCRIBE CATALOG EXTENDED warehouse"),
                Attempt.of("B27", RUNS, "SET"),
                Attempt.of("S059", CALL, "CALL sys.expire_snapshots('ok')"),
                Attempt.of("S059", CALL, "CALL warehouse.sys.rewrite_data_files(`table` => 'default.ok')"),
                Attempt.of("S059", CALL, "/* x */ call kafka.main.mine('x')"),
                Attempt.of("S059", "CALL", "EXPLAIN CALL sys.expire_snapshots('ok')"),
                Attempt.of("S059", NOT_RUN, "SHOW PROCEDURES"),
                Attempt.of("B29", "scan.nope", "SELECT * FROM ok /*+ OPTIONS('scan.nope'='x') */"));
    }

    static Stream<Attempt> readings() {
        return Stream.of(
                Attempt.of(
                        "B36",
                        SECRET,
                        "BEGIN STATEMENT SET; INSERT INTO ok SELECT a, s FROM ok;"
                                + " INSERT INTO secret SELECT a, s FROM ok; END"),
                Attempt.of(
                        "B36",
                        SECRET,
                        "EXECUTE STATEMENT SET BEGIN INSERT INTO ok SELECT a, s FROM ok;"
                                + " INSERT INTO ok SELECT a, s FROM secret; END"),
                Attempt.of("B40", SECRET, "SELECT * FROM bobs"),
                Attempt.of("B40", SECRET, "SELECT * FROM bobs2"),
                Attempt.of("B40", SECRET, "CREATE VIEW v AS SELECT a FROM bobs2"),
                Attempt.of("B40", SECRET, "CREATE TEMPORARY VIEW v AS SELECT a FROM bobs2"),
                Attempt.of("B40", SECRET, "ALTER VIEW bobs AS SELECT s FROM secret"),
                Attempt.of("B42", SECRET, "SELECT * FROM ok WHERE EXISTS (SELECT 1 FROM secret WHERE a = ok.a)"),
                Attempt.of("B42", SECRET, "SELECT * FROM ok WHERE a IN (SELECT a FROM secret)"),
                Attempt.of("B42", SECRET, "SELECT (SELECT MAX(a) FROM secret) FROM ok"),
                Attempt.of("B42", SECRET, "SELECT x.s FROM ok, LATERAL (SELECT s FROM secret WHERE a = ok.a) AS x"),
                Attempt.of(
                        "B42",
                        SECRET,
                        "SELECT l.a FROM (SELECT a, PROCTIME() AS p FROM ok) AS l JOIN secret"
                                + " FOR SYSTEM_TIME AS OF l.p AS r ON l.a = r.a"),
                Attempt.of(
                        "B42",
                        SECRET,
                        "SELECT * FROM (SELECT *, PROCTIME() AS p FROM secret) MATCH_RECOGNIZE (ORDER BY p MEASURES"
                                + " LAST(B.a) AS a ONE ROW PER MATCH PATTERN (A B) DEFINE A AS A.a > 1)"),
                Attempt.of("B42", SECRET, "SELECT a FROM ok UNION ALL SELECT a FROM secret"),
                Attempt.of("B42", SECRET, "SELECT a FROM ok EXCEPT SELECT a FROM secret"),
                Attempt.of("B42", SECRET, "EXPLAIN SELECT a FROM secret"),
                Attempt.of("B42", SECRET, "EXPLAIN INSERT INTO ok SELECT a, s FROM secret"),
                Attempt.of("B42", SECRET, "INSERT INTO ok (a) SELECT a FROM secret"),
                Attempt.of("B42", SECRET, "CREATE TABLE t AS SELECT a FROM secret"));
    }

    static Stream<Attempt> attempts() {
        return Stream.of(connectorsOfOnesOwn(), shadows(), likes(), hints(), commands(), readings())
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void isRefusedAndNothingRuns(Attempt attempt) throws Exception {
        int jobs = jobs();
        List<String> before = new ArrayList<>(attempt.statements());
        String last = before.remove(before.size() - 1);
        before.forEach(sql::ok);

        TestGateway.Result result = sql.run(new NewSqlStatement(last, null, 60));

        String answer = Json.strict().writeValueAsString(result.view()) + result.values();
        assertThat(result.view().state())
                .as(answer)
                .isEqualTo(attempt.expected().equals(RUNS) ? SqlStatementState.FINISHED : SqlStatementState.FAILED);
        assertThat(answer).contains(attempt.expected()).doesNotContain(InMemoryMetastore.SECRET, "metastore-token");
        assertThat(jobs()).as("nothing was submitted").isEqualTo(jobs);
    }

    private int jobs() {
        return stack.flink().rest("/jobs").body().split("\"id\"", -1).length;
    }
}
