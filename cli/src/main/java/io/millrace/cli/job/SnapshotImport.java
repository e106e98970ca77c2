package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        header = "Let a job begin with a savepoint that was not taken of it.",
        description = {
            "",
            "The savepoint lies in the workspace's folder of imports, or a deleted job of the workspace left it. It stays where it"
                    + " is, and `millrace job start --from` takes its path.",
            ""
        },
        footer = {"", "Example: millrace snapshot import page-views file:///data/imports/default/savepoint-3c1b2a-6d"})
final class SnapshotImport extends ServerCommand {
    @Parameters(index = "0", paramLabel = "JOB", description = "The job.")
    private String job = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "The folder that holds the savepoint's _metadata.")
    private String path = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    SnapshotImport(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        SnapshotView snapshot = workspace.jobs(client).snapshots(job).importFrom(path);
        if (output.json()) {
            out().println(PrettyJson.of(snapshot));
        } else {
            out().println(snapshot.id() + ": imported. `millrace job start " + job + workspace.repeated() + " --from "
                    + snapshot.path() + "` begins with it.");
        }
        return ExitCode.OK;
    }
}
