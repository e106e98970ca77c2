package io.millrace.cli.access;

import io.millrace.api.access.NewSetup;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.SecretInput;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "setup",
        header = "Make the first user of a new server, an administrator.",
        description = {
            "Asks for the set-up token, which the server's log shows as long as there is no user, and for a password;",
            "without a terminal, each is a line of standard input. The local stack needs none of this."
        },
        footer = {"", "Example: millrace access setup admin --server https://millrace.example.com"})
final class AccessSetup extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "What the user will be called.")
    private String name = "";

    AccessSetup(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        var input = new SecretInput(surroundings(), err());
        String token = input.ask("Set-up token");
        String password = input.ask("New password of " + name);
        client.access().setup(new NewSetup(token, name, password));
        err().println("Made '" + name
                + "'. Sign in at the console; make tokens there or with `millrace access tokens`.");
        return ExitCode.OK;
    }
}
