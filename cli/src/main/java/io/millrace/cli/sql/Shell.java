package io.millrace.cli.sql;

import io.millrace.api.ServerInfo;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Surroundings;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The prompt: reads statements, runs them, shows their results, until Ctrl-D or {@code quit}. */
final class Shell {
    private static final String PROMPT = "millrace> ";
    private static final String CONTINUATION = "       -> ";
    private static final String SESSION_GONE = "SQL_SESSION_NOT_FOUND";

    /** Statements that may hold a password are not kept. */
    private static final String NOT_KEPT = "*assword*:*PASSWORD*:*ecret*:*SECRET*";

    private final MillraceClient client;
    private final SqlConnection connection;
    private final Limits limits;
    private final Terminal terminal;
    private final PrintWriter out;

    Shell(MillraceClient client, SqlConnection connection, Limits limits, Terminal terminal) {
        this.client = client;
        this.connection = connection;
        this.limits = limits;
        this.terminal = terminal;
        // A terminal that does not know its size, as under a CI, would show a line of one character.
        if (terminal.getWidth() <= 0) {
            terminal.setSize(new Size(80, 24));
        }
        this.out = terminal.writer();
    }

    /** Takes over the terminal of this process. */
    static ExitCode open(MillraceClient client, SqlConnection connection, Limits limits, Surroundings surroundings) {
        Path history = HistoryFile.in(surroundings);
        try (Terminal terminal =
                TerminalBuilder.builder().name("millrace").system(true).build()) {
            return new Shell(client, connection, limits, terminal).run(history);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, "The terminal cannot be used: " + e.getMessage());
        }
    }

    ExitCode run(Path history) {
        ServerInfo info = client.info();
        connection.session();
        out.println("Millrace " + info.version() + ", Flink " + info.flinkVersion()
                + ". Statements end with a semicolon; `help` says more, Ctrl-D leaves.");
        LineReader reader = reader(history);
        // Between a query and the next line, when neither listens, Ctrl-C must not end the prompt either.
        terminal.handle(Signal.INT, SignalHandler.SIG_IGN);
        while (true) {
            String line;
            try {
                line = reader.readLine(PROMPT);
            } catch (UserInterruptException e) {
                continue; // Ctrl-C at the prompt drops the line.
            } catch (EndOfFileException e) {
                return ExitCode.OK;
            }
            switch (PromptParser.command(line)) {
                case "quit", "exit" -> {
                    return ExitCode.OK;
                }
                case "clear" -> terminal.puts(Capability.clear_screen);
                case "help" -> Help.print(out);
                default -> runAll(line);
            }
            out.flush();
        }
    }

    private LineReader reader(Path history) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("millrace")
                .parser(new PromptParser())
                .completer(new PromptCompleter(connection))
                .highlighter(new PromptHighlighter())
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_IGNORE, NOT_KEPT)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
                // SQL has exclamation marks and backslashes of its own.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    /** Runs what was entered, up to the first statement that does not succeed. */
    private void runAll(String script) {
        Cancellation cancellation = new Cancellation();
        SignalHandler before = terminal.handle(Signal.INT, signal -> cancellation.request());
        try {
            for (Statement statement : Script.split(script)) {
                if (cancellation.requested() || !run(script, statement, cancellation)) {
                    return;
                }
            }
        } catch (UnreachableException e) {
            out.println(e.getMessage() + ". `millrace status` says what is wrong; this prompt can wait for it.");
        } finally {
            terminal.handle(Signal.INT, before);
        }
    }

    private boolean run(String script, Statement statement, Cancellation cancellation) {
        Progress progress = Progress.on(out, terminal::getWidth);
        StatementRunner runner = new StatementRunner(connection.sql(), limits, progress, () -> false);
        SqlProblems problems = new SqlProblems(null, script);
        try {
            SqlStatementView ended = runner.run(
                    connection.session(), statement.text(), new TableWriter(out, terminal.getWidth()), cancellation);
            if (ended.problem() != null && ended.state() == SqlStatementState.FAILED) {
                Outcome.notice(ended).ifPresent(out::println);
                problems.lines(statement, ended.problem()).forEach(out::println);
                return false;
            }
            boolean canceled = ended.state() == SqlStatementState.CANCELED;
            out.println(canceled ? "Cancelled." : Outcome.text(ended));
            return !canceled;
        } catch (ApiException e) {
            if (e.code().equals(SESSION_GONE)) {
                connection.forget();
                out.println("The session has ended, because it was idle for long or the gateway was restarted. The next"
                        + " statement opens a new one, without the settings and temporary tables of the old one.");
            } else {
                problems.lines(statement, e.problem()).forEach(out::println);
            }
            return false;
        }
    }
}
