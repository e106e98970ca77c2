package io.millrace.cli.checkpoint;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "stop",
        header = "Make no more checkpoints of a running job.",
        description = {"", "Flink's safety net stays, and so do savepoints and checkpoints that are asked for.", ""},
        footer = {"", "Example: millrace checkpoint stop page-views"})
final class CheckpointStop extends OneJob {
    CheckpointStop(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        show(jobs(client).stopCheckpointScheduler(name()));
        return ExitCode.OK;
    }
}
