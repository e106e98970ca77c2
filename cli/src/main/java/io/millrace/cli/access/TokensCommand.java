package io.millrace.cli.access;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about tokens. */
@Command(
        name = "tokens",
        header = "List API tokens, make and revoke them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example: millrace access tokens create ci --lifetime 90d"})
final class TokensCommand extends HelpfulCommand {
    private TokensCommand() {}

    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new TokensCommand())
                .addSubcommand(new TokensList(surroundings))
                .addSubcommand(new TokensCreate(surroundings))
                .addSubcommand(new TokensRevoke(surroundings));
    }
}
