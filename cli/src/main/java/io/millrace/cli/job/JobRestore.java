package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.DeletedJobView;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        header = "Bring back a deleted job.",
        description = {
            "",
            "It comes back at rest, with its versions, history and savepoints, and with what is granted on it.",
            "If several of that name were deleted, the one that was deleted last.",
            ""
        },
        footer = {"", "Example: millrace job restore page-views --as page-views-old"})
final class JobRestore extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job, as it was called.")
    private String name = "";

    @Option(names = "--as", paramLabel = "NAME", description = "What to call it from now on.")
    private @Nullable String newName;

    @Mixin
    private final WorkspaceOption workspace;

    JobRestore(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        DeletedJobView deleted = LastDeleted.of(jobs, workspace.name(), name);
        JobView job = jobs.restore(deleted.id(), newName);
        out().println(job.name() + ": restored (version " + job.version() + ")");
        return ExitCode.OK;
    }
}
