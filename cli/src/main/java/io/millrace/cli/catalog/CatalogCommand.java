package io.millrace.cli.catalog;

import io.millrace.cli.connection.ConnectionsCommand;
import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about catalogs. */
@Command(
        name = "catalog",
        header = "Look at catalogs and change what they hold.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "A name has up to three parts, CATALOG.DATABASE.TABLE; a part with a dot or a backtick in it is written in",
            "backticks, as in SQL.",
            "",
            "Example: millrace catalog list warehouse.traffic"
        })
public final class CatalogCommand extends HelpfulCommand {
    private CatalogCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new CatalogCommand())
                .addSubcommand(new CatalogList(surroundings))
                .addSubcommand(new CatalogShow(surroundings))
                .addSubcommand(new CatalogCreate(surroundings))
                .addSubcommand(new CatalogDrop(surroundings))
                .addSubcommand(new CatalogRestore(surroundings))
                .addSubcommand(new CatalogPurge(surroundings))
                .addSubcommand(new CatalogHistory(surroundings))
                .addSubcommand(new CatalogRefresh(surroundings))
                .addSubcommand(new CatalogSearch(surroundings))
                .addSubcommand(FunctionsCommand.commandLine(surroundings))
                .addSubcommand(ConnectionsCommand.commandLine(surroundings));
    }
}
