package io.millrace.cli.access;

import io.millrace.api.access.SessionView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "whoami",
        header = "Show as whom commands call the server, and what that user may do.",
        footer = {"", "Example: millrace access whoami"})
final class AccessWhoami extends ServerCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    AccessWhoami(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        SessionView session = client.access().session();
        if (output.json()) {
            out().println(PrettyJson.of(session));
            return ExitCode.OK;
        }
        out().println(session.user().name() + (session.user().admin() ? ", an administrator" : ""));
        out().println("May: " + String.join(", ", session.permissions()));
        if (session.expiresAt() != null) {
            out().println("Until: " + session.expiresAt());
        }
        return ExitCode.OK;
    }
}
