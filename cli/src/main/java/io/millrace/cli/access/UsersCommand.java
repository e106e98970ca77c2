package io.millrace.cli.access;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about users. */
@Command(
        name = "users",
        header = "List users and service accounts, make, change and delete them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace access users alter alice --disabled true"})
final class UsersCommand extends HelpfulCommand {
    private UsersCommand() {}

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new UsersCommand())
                .addSubcommand(new UsersList(surroundings))
                .addSubcommand(new UsersCreate(surroundings))
                .addSubcommand(new UsersAlter(surroundings))
                .addSubcommand(new UsersPassword(surroundings))
                .addSubcommand(new UsersDelete(surroundings));
    }
}
