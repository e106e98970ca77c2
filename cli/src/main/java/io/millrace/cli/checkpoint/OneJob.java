package io.millrace.cli.checkpoint;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.CheckpointScheduler;
import io.millrace.api.job.CheckpointsView;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.job.WorkspaceOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command about the checkpoints of one job. */
abstract class OneJob extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    OneJob(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    final String name() {
        return name;
    }

    final JobsClient jobs(MillraceClient client) {
        return workspace.jobs(client);
    }

    final boolean json() {
        return output.json();
    }

    /** Shows how they are timed now. */
    final void show(CheckpointsView checkpoints) {
        out().println(json() ? PrettyJson.of(checkpoints) : name + ": " + timing(checkpoints));
    }

    static String timing(CheckpointsView of) {
        if (of.scheduler() == CheckpointScheduler.FLINK) {
            return "every " + of.interval() + ", timed by Flink";
        }
        if (!of.running()) {
            return "the server makes none; Flink makes one after " + of.safetyNet() + " without";
        }
        String pause = "PT0S".equals(of.minPause()) ? "" : " and at least " + of.minPause() + " after the last";
        return "every " + of.interval() + pause + ", timed by the server; after " + of.safetyNet()
                + " without one Flink makes one";
    }
}
