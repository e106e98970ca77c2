package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.DeletedJobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Confirmation;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "purge",
        header = "Forget a deleted job for good.",
        description = {
            "",
            "Its versions and history go with it. Its savepoints and checkpoints stay: `millrace snapshot orphans` lists",
            "them. If several of that name were deleted, the one that was deleted last. Nothing of this can be undone.",
            ""
        },
        footer = {"", "Example: millrace job purge page-views --yes"})
final class JobPurge extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job, as it was called.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final WorkspaceOption workspace;

    JobPurge(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        DeletedJobView deleted = LastDeleted.of(jobs, workspace.name(), name);
        String what = name + ", deleted " + deleted.deletedAt() + " by " + deleted.deletedBy();
        if (!yes) {
            new Confirmation(surroundings(), err()).require("Forget " + what + ", for good?");
        }
        jobs.purge(deleted.id());
        out().println(what + ": removed for good");
        return ExitCode.OK;
    }
}
