package io.millrace.cli.connection;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about connections. */
@Command(
        name = "connections",
        header = "Look at connections, make, change and try them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace catalog connections create -f region1.yaml --ask password"})
public final class ConnectionsCommand extends HelpfulCommand {
    private ConnectionsCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new ConnectionsCommand())
                .addSubcommand(new ConnectionsList(surroundings))
                .addSubcommand(new ConnectionsShow(surroundings))
                .addSubcommand(new ConnectionsCreate(surroundings))
                .addSubcommand(new ConnectionsUpdate(surroundings))
                .addSubcommand(new ConnectionsDelete(surroundings))
                .addSubcommand(new ConnectionsTest(surroundings))
                .addSubcommand(new ConnectionsKinds(surroundings))
                .addSubcommand(new ConnectionsHistory(surroundings))
                .addSubcommand(new ConnectionsRotateKey(surroundings));
    }
}
