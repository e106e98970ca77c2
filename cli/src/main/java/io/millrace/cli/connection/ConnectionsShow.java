package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Show a connection, its secrets as *** only.",
        footer = {"", "Example: millrace catalog connections show region1"})
final class ConnectionsShow extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The connection.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        ConnectionView shown = client.connections().get(name);
        if (output.json()) {
            out().println(PrettyJson.of(shown));
        } else {
            ConnectionTexts.lines(shown).forEach(out()::println);
        }
        return ExitCode.OK;
    }
}
