package io.millrace.cli.checkpoint;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "start",
        header = "Let the server make checkpoints of a job again.",
        footer = {"", "Example: millrace checkpoint start page-views"})
final class CheckpointStart extends OneJob {
    CheckpointStart(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        show(jobs(client).startCheckpointScheduler(name()));
        return ExitCode.OK;
    }
}
