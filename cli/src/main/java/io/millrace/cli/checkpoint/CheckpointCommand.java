package io.millrace.cli.checkpoint;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about the checkpoints of running jobs. */
@Command(
        name = "checkpoint",
        header = "See the checkpoints of running jobs, ask for one, and change when they are made.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "start, stop and update need a job that says checkpoint-scheduler: server.",
            "",
            "Example: millrace checkpoint update page-views --interval '5 min'"
        })
public final class CheckpointCommand extends HelpfulCommand {
    private CheckpointCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new CheckpointCommand())
                .addSubcommand(new CheckpointList(surroundings))
                .addSubcommand(new CheckpointTrigger(surroundings))
                .addSubcommand(new CheckpointStart(surroundings))
                .addSubcommand(new CheckpointStop(surroundings))
                .addSubcommand(new CheckpointUpdate(surroundings));
    }
}
