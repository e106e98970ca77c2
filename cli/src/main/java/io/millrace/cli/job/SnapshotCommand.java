package io.millrace.cli.job;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about savepoints and retained checkpoints. */
@Command(
        name = "snapshot",
        header = "Work with snapshots: the savepoints of jobs, and what attempts left of their checkpoints.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace snapshot trigger page-views --wait"})
public final class SnapshotCommand extends HelpfulCommand {
    private SnapshotCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new SnapshotCommand())
                .addSubcommand(new SnapshotList(surroundings))
                .addSubcommand(new SnapshotShow(surroundings))
                .addSubcommand(new SnapshotTrigger(surroundings))
                .addSubcommand(new SnapshotPin(surroundings))
                .addSubcommand(new SnapshotUnpin(surroundings))
                .addSubcommand(new SnapshotDispose(surroundings))
                .addSubcommand(new SnapshotImport(surroundings))
                .addSubcommand(new SnapshotOrphans(surroundings));
    }
}
