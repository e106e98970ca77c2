package io.millrace.cli.sql;

import static io.millrace.api.sql.SqlStatementState.FINISHED;
import static io.millrace.api.sql.SqlStatementState.RUNNING;
import static io.millrace.cli.sql.Wire.CLOSE;
import static io.millrace.cli.sql.Wire.FORGET;
import static io.millrace.cli.sql.Wire.OPEN;
import static io.millrace.cli.sql.Wire.ROWS;
import static io.millrace.cli.sql.Wire.RUN;
import static io.millrace.cli.sql.Wire.failed;
import static io.millrace.cli.sql.Wire.page;
import static io.millrace.cli.sql.Wire.problem;
import static io.millrace.cli.sql.Wire.row;
import static io.millrace.cli.sql.Wire.silent;
import static io.millrace.cli.sql.Wire.statement;
import static io.millrace.cli.sql.Wire.truncated;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.problem.ProblemDetail;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One-shot runs against a server that answers by hand-written records. */
class SqlCommandTest {
    private static final ProblemDetail TYPO =
            new ProblemDetail("/sql", "Column 'amout' not found in any table", 2, 3, 2, 7, "Did you mean 'amount'?");

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        server.on(OPEN, 201, Wire.SESSION).on(CLOSE, 204, "").on(FORGET, 204, "");
        server.on(RUN, 201, statement(RUNNING, 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void printsAResultPageByPageAndLeavesNothingBehind() {
        server.on(ROWS, page(statement(RUNNING, 0), "0"))
                .on(ROWS, page(statement(RUNNING, 1), "1", row("+I", "/", 1200)))
                .on(ROWS, page(statement(FINISHED, 2), null, row("+I", "/about", 7)));

        Run.Result result = run("sql", "-e", "SELECT * FROM t");

        assertThat(result).isEqualTo(new Run.Result(0, """
                        path   | views
                        -------+------
                        /      |  1200
                        /about |     7
                        """, "2 rows in 1.23 s\n"));
        assertThat(server.requests())
                .containsExactly(
                        "POST /sql-sessions {}",
                        "POST /sql-sessions/s1/statements {\"sql\":\"SELECT * FROM t\"}",
                        "GET /sql-sessions/s1/statements/q1/rows?pageSize=1000&waitMillis=1000",
                        "GET /sql-sessions/s1/statements/q1/rows?pageToken=0&pageSize=1000&waitMillis=1000",
                        "GET /sql-sessions/s1/statements/q1/rows?pageToken=1&pageSize=1000&waitMillis=1000",
                        "DELETE /sql-sessions/s1/statements/q1",
                        "DELETE /sql-sessions/s1");
    }

    @Test
    void standardOutputHasNothingButRows() {
        server.on(RUN, 201, statement(RUNNING, 0));
        server.on(ROWS, page(silent(null), null)).on(ROWS, page(statement(FINISHED, 1), null, row("+I", "/", 1)));

        Run.Result result = run("sql", "-e", "SET 'a' = 'b'; SELECT 1", "--output", "json");

        assertThat(result).isEqualTo(new Run.Result(0, "{\"path\":\"/\",\"views\":1}\n", "OK in 0.02 s\n"));
    }

    @Test
    void aResultThatIsNotWholeIsSaidToBeSo() {
        server.on(ROWS, page(truncated(1), null, row("+I", "/", 1)));

        Run.Result result = run("sql", "-e", "SELECT 1", "-o", "csv", "--max-rows", "1", "--max-time", "2min");

        assertThat(result)
                .isEqualTo(new Run.Result(0, "path,views\n/,1\n", "1 row in 1.23 s. Stopped after 1 rows.\n"));
        assertThat(server.requests())
                .contains("POST /sql-sessions/s1/statements"
                        + " {\"sql\":\"SELECT 1\",\"maxRows\":1,\"maxSeconds\":120}");
    }

    @Test
    void anErrorStandsWhereItIsInTheFileAndStopsTheScript() throws IOException {
        Files.writeString(folder.resolve("q.sql"), "SET 'x'='y';\n\n  SELECT\n\tamout FROM t;\nSELECT 3;\n");
        server.on(ROWS, page(silent(null), null)).on(ROWS, page(failed(problem("SQL_INVALID", 422, "no", TYPO)), null));

        Run.Result result = run("sql", "-f", "q.sql");

        assertThat(result).isEqualTo(new Run.Result(2, "", """
                        OK in 0.02 s
                        q.sql:4:3: Column 'amout' not found in any table (Did you mean 'amount'?)
                           amout FROM t;
                            ^^^^^
                        """));
        assertThat(server.requests().stream().filter(request -> request.startsWith(RUN)))
                .hasSize(2);
        assertThat(server.requests()).endsWith("DELETE /sql-sessions/s1");
    }

    @Test
    void aStatementThatFailsWhileItRunsEndsWithOneAndOneThatIsWrongWithTwo() {
        server.on(ROWS, page(failed(problem("SQL_FAILED", 422, "Division by zero")), null))
                .on(ROWS, page(failed(problem("SQL_REFUSED", 422, "ADD JAR is refused.")), null));

        assertThat(run("sql", "-e", "SELECT 1/0")).isEqualTo(new Run.Result(1, "", "Division by zero\n"));
        assertThat(run("sql", "-e", "ADD JAR 'x'")).isEqualTo(new Run.Result(2, "", "ADD JAR is refused.\n"));
    }

    @Test
    void aProblemOfTheWholeStatementHasNoMark() {
        ProblemDetail whole = new ProblemDetail("/sql", "The broker is gone", 1, 1, 1, 15, null);
        server.on(ROWS, page(failed(problem("SQL_FAILED", 422, "The broker is gone", whole)), null));

        assertThat(run("sql", "-e", "SELECT * FROM t")).isEqualTo(new Run.Result(1, "", "The broker is gone\n"));
    }

    @Test
    void whatIsNeverClosedIsToldBeforeAnythingRuns() {
        Run.Result result = run("sql", "-e", "SELECT 1;\nSELECT 'a");

        assertThat(result).isEqualTo(new Run.Result(2, "", """
                        line 2, column 8: The text that begins here is never closed.
                          SELECT 'a
                                 ^
                        """));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void readsAScriptFromStandardInput() {
        server.on(ROWS, page(silent("Fine."), null));

        assertThat(Run.in(folder).with(server).input("USE CATALOG kafka;").run("sql"))
                .isEqualTo(new Run.Result(0, "", "Fine.\n"));
        assertThat(Run.in(folder).with(server).input("USE CATALOG kafka;").run("sql", "-f", "-"))
                .isEqualTo(new Run.Result(0, "", "Fine.\n"));
    }

    @Test
    void passesCatalogDatabaseAndSettingsToTheSession() {
        server.on(ROWS, page(silent(null), null));

        run("sql", "--catalog", "kafka", "--database", "local", "--set", "a.b=c d", "-e", "SHOW TABLES");

        assertThat(server.requests().get(0))
                .isEqualTo("POST /sql-sessions"
                        + " {\"catalog\":\"kafka\",\"database\":\"local\",\"settings\":{\"a.b\":\"c d\"}}");
    }

    @Test
    void wrongUseIsToldBeforeAnythingRuns() {
        assertThat(run("sql", "-f", "none.sql"))
                .isEqualTo(new Run.Result(2, "", "millrace: There is no file none.sql.\n"));
        assertThat(run("sql", "-e", "SELECT 1", "--max-time", "soon").exitCode())
                .isEqualTo(2);
        assertThat(run("sql", "-e", "SELECT 1", "--output", "xml").err()).contains("table, json, csv");
        assertThat(server.requests()).isEmpty();
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }
}
