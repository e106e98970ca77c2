package io.millrace.cli.sql;

import io.millrace.api.client.ApiException;
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Failures;
import io.millrace.cli.console.OutputFormat;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs scripts without a prompt, in one session, until the first statement that fails. */
final class OneShot {
    private final SqlConnection connection;
    private final StatementRunner runner;
    private final Supplier<ResultWriter> writers;
    private final OutputFormat format;
    private final PrintWriter err;

    OneShot(
            SqlConnection connection,
            StatementRunner runner,
            Supplier<ResultWriter> writers,
            OutputFormat format,
            PrintWriter err) {
        this.connection = connection;
        this.runner = runner;
        this.writers = writers;
        this.format = format;
        this.err = err;
    }

    ExitCode run(List<Source> sources) {
        for (Source source : sources) {
            Optional<Token> unclosed = Script.unclosed(source.script());
            if (unclosed.isPresent()) {
                new SqlProblems(source.file(), source.script())
                        .unclosed(unclosed.get())
                        .forEach(err::println);
                return ExitCode.USAGE;
            }
        }
        Cancellation cancellation = new Cancellation();
        for (Source source : sources) {
            for (Statement statement : Script.split(source.script())) {
                ExitCode exitCode = run(source, statement, cancellation);
                if (exitCode != ExitCode.OK) {
                    return exitCode;
                }
            }
        }
        return ExitCode.OK;
    }

    private ExitCode run(Source source, Statement statement, Cancellation cancellation) {
        try {
            SqlStatementView ended = runner.run(connection.session(), statement.text(), writers.get(), cancellation);
            if (ended.problem() != null && ended.state() == SqlStatementState.FAILED) {
                Outcome.notice(ended).ifPresent(err::println);
                return refuse(source, statement, ended.problem());
            }
            if (ended.state() == SqlStatementState.CANCELED) {
                err.println("The query was cancelled before its end.");
                return ExitCode.FAILED;
            }
            // Programs that read rows want to know of nothing but a result that is not whole.
            if (format == OutputFormat.TABLE || ended.columns().isEmpty() || ended.truncated()) {
                err.println(Outcome.text(ended));
            }
            return ExitCode.OK;
        } catch (ApiException e) {
            return refuse(source, statement, e.problem());
        }
    }

    private ExitCode refuse(Source source, Statement statement, Problem problem) {
        new SqlProblems(source.file(), source.script())
                .lines(statement, problem)
                .forEach(err::println);
        return Failures.exitCode(problem);
    }
}
