package io.millrace.cli.lineage;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about lineage. */
@Command(
        name = "lineage",
        header = "See what tables and columns come from and what depends on them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace lineage show warehouse.traffic.page_views --column views --upstream"})
public final class LineageCommand extends HelpfulCommand {
    private LineageCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new LineageCommand())
                .addSubcommand(new LineageImpact(surroundings))
                .addSubcommand(new LineageShow(surroundings));
    }
}
