package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "drop",
        header = "Drop a workspace in which there are no jobs.",
        description = {"", "Who is in it and what was granted on it goes with it.", ""},
        footer = {"", "Example: millrace workspace drop payments"})
final class WorkspaceDrop extends OneWorkspace {
    WorkspaceDrop(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.workspaces().delete(name());
        err().println("Dropped '" + name() + "'.");
        return ExitCode.OK;
    }
}
