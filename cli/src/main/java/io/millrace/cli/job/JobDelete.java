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
        header = "Move a stopped job to the bin.",
        description = {
            "",
            "Its name is free then. `millrace job restore` brings it back with everything that it had, until it is purged.",
            ""
        },
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
        out().println(name + ": deleted. `millrace job restore " + name + workspace.repeated() + "` brings it back.");
        return ExitCode.OK;
    }
}
