package io.millrace.cli.catalog;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about registered functions. */
@Command(
        name = "functions",
        header = "Look at functions of catalogs and change them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace catalog functions list kafka.main"})
final class FunctionsCommand extends HelpfulCommand {
    private FunctionsCommand() {}

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new FunctionsCommand())
                .addSubcommand(new FunctionsList(surroundings))
                .addSubcommand(new FunctionsShow(surroundings))
                .addSubcommand(new FunctionsCreate(surroundings))
                .addSubcommand(new FunctionsAlter(surroundings))
                .addSubcommand(new FunctionsDrop(surroundings))
                .addSubcommand(new FunctionsRestore(surroundings))
                .addSubcommand(new FunctionsHistory(surroundings));
    }
}
