package io.millrace.cli.workspace;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about workspaces. */
@Command(
        name = "workspace",
        header = "List workspaces, make, change and drop them, and say who is in them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace workspace add payments --user alice --role editor"})
public final class WorkspaceCommand extends HelpfulCommand {
    private WorkspaceCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new WorkspaceCommand())
                .addSubcommand(new WorkspaceList(surroundings))
                .addSubcommand(new WorkspaceCreate(surroundings))
                .addSubcommand(new WorkspaceShow(surroundings))
                .addSubcommand(new WorkspaceAlter(surroundings))
                .addSubcommand(new WorkspaceDrop(surroundings))
                .addSubcommand(new WorkspaceMembers(surroundings))
                .addSubcommand(new WorkspaceAdd(surroundings))
                .addSubcommand(new WorkspaceRemove(surroundings))
                .addSubcommand(GitCommand.commandLine(surroundings));
    }
}
