package io.millrace.cli.job;

import io.millrace.api.Json;
import io.millrace.api.client.JobEvents;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.StreamedJobEventView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

@Command(
        name = "watch",
        header = "Show what happens to jobs while it happens.",
        description = {
            "",
            "Until Ctrl-C. A server that goes away is waited for, and nothing that happens meanwhile is missed.",
            ""
        },
        footer = {"", "Example: millrace job watch page-views", "Example: millrace job watch -w payments --output json"
        })
final class JobWatch extends ServerCommand implements JobEvents.Watcher {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this job. Default: all that you may see.")
    private @Nullable String name;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "NAME",
            description =
                    "Only jobs of this workspace. Of one job: its workspace, by default $MILLRACE_WORKSPACE, else the"
                            + " workspace default.")
    private @Nullable String workspace;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after so many events.")
    private @Nullable Long limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    private long told;

    JobWatch(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        String where = name == null || workspace != null ? workspace : WorkspaceOption.usual(surroundings());
        JobEvents events = client.jobs().watch(where, name);
        while (wantsMore()) {
            try {
                events.follow(this);
            } catch (UnreachableException e) {
                if (!events.begun()) {
                    throw e;
                }
                err().println("The server does not answer; waiting for it.");
            }
            if (wantsMore()) {
                pause();
            }
        }
        return ExitCode.OK;
    }

    private boolean wantsMore() {
        return limit == null || told < limit;
    }

    @Override
    public boolean happened(StreamedJobEventView streamed) {
        out().println(output.json() ? Json.write(streamed) : line(streamed));
        out().flush();
        told++;
        return wantsMore();
    }

    @Override
    public boolean gap() {
        err().println("Something happened that is not told here; `millrace job history` has it.");
        err().flush();
        return true;
    }

    private static String line(StreamedJobEventView streamed) {
        JobEventView event = streamed.event();
        String change = event.to() == null ? "" : " " + event.to();
        return event.at() + "  " + streamed.workspace() + "." + streamed.job() + "  " + event.kind() + change + "  "
                + event.reason();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for the server"));
        }
    }
}
