package io.millrace.cli.console;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.text.Nearest;
import io.millrace.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Turns what goes wrong in a command into a sentence on standard error and an exit code. */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** How the sentence begins: tells it from what jobs and statements say. */
    public static final String PREFIX = "millrace: ";

    /** The statement was right but failed while it ran: not something that another spelling would help. */
    private static final String SQL_FAILED = "SQL_FAILED";

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        String mistaken = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0)
                : "";
        if (mistaken.isEmpty()) {
            err.println(DisplayText.visible(e.getMessage()));
        } else {
            err.println("`" + name + "` does not know '" + DisplayText.visible(mistaken) + "'.");
        }
        Optional<String> nearest = Nearest.of(mistaken, known(command, mistaken.startsWith("-")));
        if (nearest.isPresent()) {
            err.println("Did you mean: " + name + " " + nearest.get());
        } else {
            err.println("`" + name + " --help` shows how it is used.");
        }
        err.flush();
        return ExitCode.USAGE.number();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        PrintWriter err = command.getErr();
        ExitCode exitCode = describe(e, err);
        err.flush();
        return exitCode.number();
    }

    /** The names that could stand where the mistaken one is. */
    private static Collection<String> known(CommandLine command, boolean option) {
        return option
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getCommandSpec().subcommands().keySet();
    }

    /** Whether the user can help it by changing what was sent. */
    public static ExitCode exitCode(Problem problem) {
        boolean invalid = problem.status() == BAD_REQUEST || problem.status() == UNPROCESSABLE;
        return invalid && !SQL_FAILED.equals(problem.code()) ? ExitCode.USAGE : ExitCode.FAILED;
    }

    /** The problem in lines: its sentence, then each flaw that says more than the sentence. */
    public static List<String> lines(Problem problem) {
        List<String> lines = new ArrayList<>();
        lines.add(problem.detail());
        for (ProblemDetail flaw : problem.errors()) {
            if (!says(problem, flaw)) {
                lines.add("  " + (flaw.pointer().isEmpty() ? "" : flaw.pointer() + ": ") + withHint(flaw));
            } else if (flaw.hint() != null && !problem.detail().contains(flaw.hint())) {
                lines.add("  " + flaw.hint());
            }
        }
        return lines;
    }

    /** Of several flaws, those that are a word or two need their places; the sentence may hold such words by chance. */
    private static boolean says(Problem problem, ProblemDetail flaw) {
        boolean whole = problem.errors().size() == 1 || flaw.detail().endsWith(".");
        return whole && problem.detail().contains(flaw.detail());
    }

    /** What is wrong, and in parentheses what to do about it. */
    public static String withHint(ProblemDetail flaw) {
        return flaw.hint() == null ? flaw.detail() : flaw.detail() + " (" + flaw.hint() + ")";
    }

    private static ExitCode describe(Exception e, PrintWriter err) {
        if (e instanceof CommandFailure failure) {
            err.println(PREFIX + failure.getMessage());
            return failure.exitCode();
        }
        if (e instanceof ApiException refused) {
            List<String> lines = lines(refused.problem());
            err.println(PREFIX + lines.get(0));
            lines.stream().skip(1).forEach(err::println);
            return exitCode(refused.problem());
        }
        if (e instanceof UnreachableException) {
            err.println(PREFIX + e.getMessage());
            return ExitCode.NOT_RUNNING;
        }
        if (e instanceof UncheckedIOException && e.getCause() instanceof InterruptedIOException) {
            return ExitCode.INTERRUPTED;
        }
        err.println("This is a mistake in Millrace; please report it with the lines below.");
        e.printStackTrace(err);
        return ExitCode.FAILED;
    }
}
