package io.millrace.cli.workspace;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about Git as the source of a workspace's jobs. */
@Command(
        name = "git",
        header = "Take a workspace's jobs from a folder of a Git repository.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace workspace git pull payments --dry-run"})
final class GitCommand extends HelpfulCommand {
    private GitCommand() {}

    /** The group with its commands. */
    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new GitCommand())
                .addSubcommand(new GitShow(surroundings))
                .addSubcommand(new GitSet(surroundings))
                .addSubcommand(new GitRemove(surroundings))
                .addSubcommand(new GitPull(surroundings))
                .addSubcommand(new GitHistory(surroundings));
    }
}
