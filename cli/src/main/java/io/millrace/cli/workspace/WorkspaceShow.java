package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.workspace.WorkspaceView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        header = "Show one workspace.",
        footer = {"", "Example: millrace workspace show payments"})
final class WorkspaceShow extends OneWorkspace {
    @Mixin
    private final OutputOption output = new OutputOption();

    WorkspaceShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        WorkspaceView workspace = client.workspaces().get(name());
        if (output.json()) {
            out().println(PrettyJson.of(workspace));
        } else {
            out().println("name     " + workspace.name());
            out().println("comment  " + workspace.comment());
            out().println("made by  " + workspace.createdBy());
            out().println("made     " + workspace.createdAt());
        }
        return ExitCode.OK;
    }
}
