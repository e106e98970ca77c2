package io.millrace.cli.checkpoint;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.CheckpointConfig;
import io.millrace.api.text.Durations;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "update",
        header = "Change the time between checkpoints of a job, running or not.",
        description = {
            "",
            "What is not said goes back to what the job's version says. It holds at once, for later versions too.",
            ""
        },
        footer = {"", "Example: millrace checkpoint update page-views --interval '5 min' --min-pause '30 s'"},
        sortOptions = false)
final class CheckpointUpdate extends OneJob {
    @Option(names = "--interval", paramLabel = "TIME", description = "Time between checkpoints, from 5 s.")
    private @Nullable String interval;

    @Option(
            names = "--min-pause",
            paramLabel = "TIME",
            description = "The least time from the end of one to the beginning of the next. Default: none.")
    private @Nullable String minPause;

    CheckpointUpdate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        var config = new CheckpointConfig(duration("--interval", interval), duration("--min-pause", minPause));
        show(jobs(client).updateCheckpointConfig(name(), config));
        return ExitCode.OK;
    }

    private static @Nullable String duration(String option, @Nullable String text) {
        return text == null
                ? null
                : Durations.parse(text)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.USAGE,
                                option + ": '" + text + "' is not a time. Write it like 30 s or 5 min."))
                        .toString();
    }
}
