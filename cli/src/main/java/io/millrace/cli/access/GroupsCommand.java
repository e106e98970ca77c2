package io.millrace.cli.access;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about groups. */
@Command(
        name = "groups",
        header = "List groups, make and delete them, and say who is in them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace access groups add analysts alice"})
final class GroupsCommand extends HelpfulCommand {
    private GroupsCommand() {}

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new GroupsCommand())
                .addSubcommand(new GroupsList(surroundings))
                .addSubcommand(new GroupsCreate(surroundings))
                .addSubcommand(new GroupsDelete(surroundings))
                .addSubcommand(new GroupsMembers(surroundings))
                .addSubcommand(new GroupsAdd(surroundings))
                .addSubcommand(new GroupsRemove(surroundings));
    }
}
