package io.millrace.cli.sql;

import static io.millrace.api.sql.SqlStatementState.FINISHED;
import static io.millrace.api.sql.SqlStatementState.RUNNING;
import static io.millrace.cli.sql.Wire.CLOSE;
import static io.millrace.cli.sql.Wire.FORGET;
import static io.millrace.cli.sql.Wire.OPEN;
import static io.millrace.cli.sql.Wire.ROWS;
import static io.millrace.cli.sql.Wire.RUN;
import static io.millrace.cli.sql.Wire.page;
import static io.millrace.cli.sql.Wire.problem;
import static io.millrace.cli.sql.Wire.row;
import static io.millrace.cli.sql.Wire.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ServerInfo;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.sql.Completion;
import io.millrace.api.sql.Completions;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.cli.ExitCode;
import io.millrace.cli.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The prompt on a terminal of pipes: what is typed goes in, what is shown comes out. */
@Timeout(60)
class ShellTest {
    @TempDir
    private Path folder;

    private FakeServer server;
    private TestTerminal terminal;
    private ExecutorService threads;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        server.on("GET /info", new ServerInfo("0.1.0", "2.3.0"));
        server.on(OPEN, 201, Wire.SESSION).on(CLOSE, 204, "").on(FORGET, 204, "");
        server.on(RUN, 201, statement(RUNNING, 0));
        terminal = new TestTerminal();
        threads = Executors.newSingleThreadExecutor();
    }

    @AfterEach
    void stop() throws IOException {
        terminal.close();
        server.close();
        threads.shutdownNow();
    }

    @Test
    void runsWhatEndsWithASemicolonOverSeveralLines() throws Exception {
        server.on(ROWS, page(statement(FINISHED, 1), null, row("+I", "/", 7)));

        Future<ExitCode> shell = open();
        terminal.type("millrace> ", "SELECT path,\r");
        terminal.type("-> ", "  ';' FROM t;\r");
        leave(shell);

        assertThat(server.requests())
                .contains("POST /sql-sessions/s1/statements {\"sql\":\"SELECT path,\\n  ';' FROM t\"}");
        assertThat(terminal.shown()).contains("Millrace 0.1.0, Flink 2.3.0.", "/    |     7", "1 row in 1.23 s");
    }

    @Test
    void ctrlCCancelsTheQueryAndNotTheShell() throws Exception {
        server.on(ROWS, page(statement(RUNNING, 1), "1", row("+I", "/", 7))).on(ROWS, page(statement(RUNNING, 1), "1"));

        Future<ExitCode> shell = open();
        terminal.type("millrace> ", "SELECT * FROM endless;\r");
        terminal.type("1.23 s · 1 row · Flink job 0a1b", "\u0003");
        terminal.type("Cancelled.", "");
        terminal.type("millrace> ", "help\r");
        terminal.type("Tab       completes", "");
        leave(shell);

        assertThat(terminal.shown()).contains("/    |     7");
        assertThat(server.requests()).contains("DELETE /sql-sessions/s1/statements/q1");
    }

    @Test
    void ctrlCAtThePromptDropsTheLineAndCtrlDLeaves() throws Exception {
        Future<ExitCode> shell = open();
        terminal.type("millrace> ", "SELECT dropped\r");
        terminal.type("-> ", "FROM t");
        // Ctrl-C drops only what was read: this terminal of pipes keeps what is still on its way.
        terminal.type("FROM t", "\u0003");
        terminal.type("millrace> ", "\u0004");

        assertThat(shell.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(server.requests()).noneMatch(request -> request.startsWith(RUN));
        assertThat(server.requests()).endsWith("DELETE /sql-sessions/s1");
    }

    @Test
    void aWrongStatementEndsWhatWasEnteredAndLeavesThePromptUsable() throws Exception {
        server.on(RUN, 422, problem("SQL_INVALID", 422, "There is no table 'x'."))
                .on(RUN, 201, statement(RUNNING, 0));
        server.on(ROWS, page(statement(FINISHED, 0), null));

        Future<ExitCode> shell = open();
        terminal.type("millrace> ", "SELECT 0;\r");
        terminal.type("0 rows", "");
        terminal.type("millrace> ", "SELECT 1; SELECT 2;\r");
        terminal.type("There is no table 'x'.", "");
        terminal.type("millrace> ", "SELECT 3;\r");
        terminal.type("0 rows", "");
        leave(shell);

        assertThat(server.requests()).noneMatch(request -> request.contains("SELECT 2"));
        assertThat(server.requests()).anyMatch(request -> request.contains("SELECT 3"));
    }

    @Test
    void aSessionThatIsGoneIsReplacedForTheNextStatement() throws Exception {
        server.on(RUN, 404, problem("SQL_SESSION_NOT_FOUND", 404, "gone")).on(RUN, 201, statement(RUNNING, 0));
        server.on(ROWS, page(statement(FINISHED, 0), null));

        Future<ExitCode> shell = open();
        terminal.type("millrace> ", "SELECT 0;\r");
        terminal.type("0 rows", "");
        terminal.type("millrace> ", "SELECT 1;\r");
        terminal.type("The session has ended", "");
        terminal.type("millrace> ", "SELECT 2;\r");
        terminal.type("0 rows", "");
        leave(shell);

        assertThat(server.requests().stream().filter(request -> request.startsWith(OPEN + " ")))
                .hasSize(2);
    }

    @Test
    void tabAsksTheServer() throws Exception {
        server.on(
                "POST /sql-sessions/s1/completions",
                new Completions(List.of(new Completion("page_views", "table", null))));
        server.on(ROWS, page(statement(FINISHED, 0), null));

        Future<ExitCode> shell = open();
        terminal.type("millrace> ", "SELECT * FROM page\t");
        terminal.type("page_views", ";\r");
        terminal.type("0 rows", "");
        leave(shell);

        assertThat(server.requests())
                .contains("POST /sql-sessions/s1/completions {\"sql\":\"SELECT * FROM page\",\"position\":18}")
                .anyMatch(request -> request.contains("SELECT * FROM page_views"));
    }

    @Test
    void remembersStatementsButNotThoseWithAPassword() throws Exception {
        server.on(ROWS, page(statement(FINISHED, 0), null));

        Future<ExitCode> shell = open();
        terminal.type("millrace> ", "SELECT 1;\r");
        terminal.type("0 rows", "");
        terminal.type("millrace> ", "SELECT 'password';\r");
        terminal.type("0 rows", "");
        leave(shell);

        assertThat(Files.readString(folder.resolve("history")))
                .contains("SELECT 1;")
                .doesNotContain("password");
    }

    /** Opens the prompt; the test goes on typing. */
    private Future<ExitCode> open() {
        return threads.submit(() -> {
            MillraceClient client = MillraceClient.at(server.address());
            try (SqlConnection connection = new SqlConnection(client, new NewSqlSession(null, null, null))) {
                Shell shell = new Shell(client, connection, new Limits(null, null), terminal.terminal());
                return shell.run(folder.resolve("history"));
            }
        });
    }

    private void leave(Future<ExitCode> shell) throws Exception {
        terminal.type("millrace> ", "quit\r");
        assertThat(shell.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
    }
}
