package io.millrace.cli.access;

import io.millrace.api.access.NewUser;
import io.millrace.api.access.UserKind;
import io.millrace.api.access.UserView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.SecretInput;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        header = "Make a user or a service account.",
        footer = {"", "Example: millrace access users create deploy --service --comment \"the CI of team orders\""})
final class UsersCreate extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and . _ - @")
    private String name = "";

    @Option(names = "--service", description = "A program: it has tokens and no password.")
    private boolean service;

    @Option(names = "--admin", description = "May do everything.")
    private boolean admin;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Whatever people want to know about it.")
    private @Nullable String comment;

    @Option(
            names = "--ask-password",
            description = "Ask for the user's password; without a terminal, read a line of standard input.")
    private boolean password;

    UsersCreate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        String secret = password ? new SecretInput(surroundings(), err()).ask("New password of " + name) : null;
        UserView made = client.access()
                .create(new NewUser(name, service ? UserKind.SERVICE : UserKind.USER, comment, admin, secret));
        err().println("Made '" + made.name() + "'."
                + (password ? "" : " Let it in with: millrace access tokens create NAME --user " + made.name()));
        return ExitCode.OK;
    }
}
