package io.millrace.cli.job;

import io.millrace.api.client.LogQuestion;
import io.millrace.api.client.LogsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.LogEntryView;
import io.millrace.api.job.LogLevel;
import io.millrace.api.job.LogPage;
import io.millrace.api.text.Durations;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.DisplayText;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

@Command(
        name = "logs",
        header = "Show or search what JobManager and TaskManagers logged about a job.",
        description = {
            "",
            "Lines are kept: they are there after the attempt, the cluster and its processes are gone. What names another"
                    + " job is not shown. `millrace logs` shows the logs of the local stack's own processes.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace job logs page-views --level WARN --since 1h",
            "  millrace job logs page-views --attempt 3 -q 'connection refused'",
            "  millrace job logs page-views -f"
        })
final class JobLogs extends ServerCommand {
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** Lines of different processes come one after the other. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final int REMEMBERED = 50_000;

    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(names = "--attempt", paramLabel = "N", description = "Of this attempt only. Default: of all.")
    private @Nullable Integer attempt;

    @Option(
            names = {"-q", "--query"},
            paramLabel = "TEXT",
            description = "Only entries that contain this text, in any case.")
    private @Nullable String text;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Only entries of this level or a more serious one: ${COMPLETION-CANDIDATES}.")
    private @Nullable LogLevel level;

    @Option(
            names = "--process",
            paramLabel = "PROCESS",
            description = "Only what this process wrote: jobmanager, or the id of a TaskManager.")
    private @Nullable String process;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from then on: 1h, 30 min, or 2026-03-01T08:00:00Z.")
    private @Nullable String since;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes; end with Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write it to this file.")
    private @Nullable Path file;

    @Mixin
    private final WorkspaceOption workspace;

    private final Set<String> known = new HashSet<>();
    private final Deque<String> order = new ArrayDeque<>();
    private Instant newest = Instant.EPOCH;
    private long lines;

    JobLogs(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (follow && file != null) {
            throw new CommandFailure(ExitCode.USAGE, "--follow and --output do not go together.");
        }
        LogsClient logs = workspace.jobs(client).logs(name);
        if (file == null) {
            told(read(logs, from(), out()));
            while (follow) {
                pause();
                Instant overlap = newest.minus(OVERLAP);
                Instant asked = from();
                read(logs, asked != null && asked.isAfter(overlap) ? asked : overlap, out());
            }
        } else {
            save(logs, surroundings().directory().resolve(file));
        }
        return ExitCode.OK;
    }

    private @Nullable Instant from() {
        if (since == null) {
            return null;
        }
        return Durations.parse(since)
                .map(ago -> surroundings().clock().instant().minus(ago))
                .orElseGet(() -> time(since));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--since is a duration such as 1h or 30 min, or a time such as 2026-03-01T08:00:00Z, not '" + text
                            + "'.");
        }
    }

    private void save(LogsClient logs, Path path) {
        try (Writer writer = Files.newBufferedWriter(path);
                PrintWriter printer = new PrintWriter(writer)) {
            LogPage last = read(logs, from(), printer);
            if (printer.checkError()) {
                throw new IOException("it is not written whole");
            }
            told(last);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, path + " cannot be written: " + e);
        }
        out().println(path);
    }

    /** All pages; answers the last one. */
    private LogPage read(LogsClient logs, @Nullable Instant from, PrintWriter writer) {
        LogQuestion question = new LogQuestion(attempt, text, level, process, from);
        LogPage page = logs.page(question, null);
        while (true) {
            page.items().stream().filter(entry -> isNew(entry.id())).forEach(entry -> print(entry, writer));
            writer.flush();
            progress();
            if (page.nextPageToken() == null) {
                return page;
            }
            page = logs.page(question, page.nextPageToken());
        }
    }

    private boolean isNew(String id) {
        if (!follow) {
            return true;
        }
        if (!known.add(id)) {
            return false;
        }
        order.add(id);
        if (order.size() > REMEMBERED) {
            known.remove(order.remove());
        }
        return true;
    }

    private void print(LogEntryView entry, PrintWriter writer) {
        newest = entry.at().isAfter(newest) ? entry.at() : newest;
        lines++;
        entry.text().lines().forEach(line -> writer.println(entry.process() + "  " + visible(line)));
    }

    /** Tabs begin the lines of stack traces. */
    private static String visible(String line) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == '\t') {
            start++;
        }
        return line.substring(0, start) + DisplayText.visible(line.substring(start));
    }

    private void progress() {
        if (file != null && surroundings().screen().error()) {
            err().print("\r" + lines + " entries");
            err().flush();
        }
    }

    private void told(LogPage last) {
        if (file != null && surroundings().screen().error()) {
            err().println();
        }
        last.notes().forEach(err()::println);
        if (lines == 0 && last.keptUntil() != null) {
            err().println("No entry matches; logs are kept until " + last.keptUntil() + ".");
        } else if (lines == 0 && last.notes().isEmpty()) {
            err().println("Nothing is kept of job '" + name + "'.");
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted"));
        }
    }
}
