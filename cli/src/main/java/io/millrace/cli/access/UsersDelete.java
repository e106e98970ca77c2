package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Delete a user or a service account with its tokens and sessions.",
        footer = {"", "Example: millrace access users delete alice"})
final class UsersDelete extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    UsersDelete(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.access().delete(name);
        err().println("Deleted '" + name + "'.");
        return ExitCode.OK;
    }
}
