package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Delete a connection that no registered table uses.",
        footer = {"", "Example: millrace catalog connections delete region1"})
final class ConnectionsDelete extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The connection.")
    private String name = "";

    ConnectionsDelete(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.connections().delete(name, err()::println);
        out().println(name + ": deleted");
        return ExitCode.OK;
    }
}
