package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.SnapshotsClient;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command about one snapshot of a job. */
abstract class OneSnapshot extends ServerCommand {
    @Parameters(index = "0", paramLabel = "JOB", description = "The job.")
    private String job = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The snapshot, as `millrace snapshot list` names it.")
    private String id = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    OneSnapshot(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    /** Does it and answers with the snapshot as it is then. */
    abstract SnapshotView act(SnapshotsClient snapshots, String id);

    /** What is said of it. */
    abstract void tell(SnapshotView snapshot);

    @Override
    protected final ExitCode run(MillraceClient client) {
        SnapshotView snapshot = act(workspace.jobs(client).snapshots(job), id);
        if (output.json()) {
            out().println(PrettyJson.of(snapshot));
        } else {
            tell(snapshot);
        }
        return ExitCode.OK;
    }
}
