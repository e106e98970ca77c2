package io.millrace.cli.access;

import io.millrace.api.access.NewPassword;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.SecretInput;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "password",
        header = "Set the password of a user, end its sessions and revoke its tokens.",
        description =
                "Asks for it; without a terminal, reads lines of standard input. One's own takes the current one.",
        footer = {"", "Example: millrace access users password alice"})
final class UsersPassword extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    UsersPassword(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        var input = new SecretInput(surroundings(), err());
        boolean own = client.access().session().user().name().equals(name);
        String current = own ? input.ask("Current password") : null;
        client.access().password(name, new NewPassword(current, input.ask("New password of " + name)));
        err().println("Set. All sessions of '" + name + "' have ended, and its tokens are revoked.");
        return ExitCode.OK;
    }
}
