package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.workspace.NewWorkspace;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        header = "Make a workspace and become its owner.",
        footer = {"", "Example: millrace workspace create payments --comment \"what team payments runs\""})
final class WorkspaceCreate extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "1 to 63 lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Whatever people want to know about it.")
    private @Nullable String comment;

    WorkspaceCreate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.workspaces().create(new NewWorkspace(name, comment));
        err().println("Made '" + name + "'; you are its owner.");
        return ExitCode.OK;
    }
}
