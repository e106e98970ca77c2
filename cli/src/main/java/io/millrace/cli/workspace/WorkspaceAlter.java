package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.workspace.WorkspacePatch;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "alter",
        header = "Change what is said of a workspace.",
        footer = {"", "Example: millrace workspace alter payments --comment \"runs by night\""})
final class WorkspaceAlter extends OneWorkspace {
    @Option(
            names = "--comment",
            required = true,
            paramLabel = "TEXT",
            description = "Whatever people want to know about it.")
    private String comment = "";

    WorkspaceAlter(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.workspaces().update(name(), new WorkspacePatch(comment));
        err().println("Changed '" + name() + "'.");
        return ExitCode.OK;
    }
}
