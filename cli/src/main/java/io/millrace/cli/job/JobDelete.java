package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Delete a stopped job.",
        description = {"", "Its savepoints and checkpoints stay on disk.", ""},
        footer = {"", "Example: millrace job stop page-views --wait && millrace job delete page-views"})
final class JobDelete extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Mixin
    private final WorkspaceOption workspace;

    JobDelete(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        workspace.jobs(client).delete(name);
        out().println(name + ": deleted");
        return ExitCode.OK;
    }
}
