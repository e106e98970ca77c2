package io.millrace.cli.access;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about who may do what. */
@Command(
        name = "access",
        header = "Look after users, groups and tokens, say who may do what, and see who did what.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace access users create alice --ask-password"})
public final class AccessCommand extends HelpfulCommand {
    private AccessCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new AccessCommand())
                .addSubcommand(new AccessWhoami(surroundings))
                .addSubcommand(new AccessSetup(surroundings))
                .addSubcommand(UsersCommand.commandLine(surroundings))
                .addSubcommand(TokensCommand.commandLine(surroundings))
                .addSubcommand(new AccessGrant(surroundings))
                .addSubcommand(new AccessRevoke(surroundings))
                .addSubcommand(new AccessGrants(surroundings))
                .addSubcommand(GroupsCommand.commandLine(surroundings))
                .addSubcommand(new AccessActivity(surroundings));
    }
}
