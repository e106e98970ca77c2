package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

/** {@code millrace console}: lets the browser of whoever runs it in. */
@Command(
        name = "console",
        header = "Print a link that opens the console, signed in.",
        description = "It lets one browser in, once, within some hours.",
        footer = {"", "Example: millrace console"})
public final class ConsoleCommand extends ServerCommand {
    public ConsoleCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        out().println(server() + client.access().link().path());
        return ExitCode.OK;
    }
}
