package io.millrace.cli.access;

import io.millrace.api.access.UserPatch;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "alter",
        header = "Change a user or a service account; what is not given stays.",
        footer = {"", "Example: millrace access users alter alice --disabled true"})
final class UsersAlter extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Option(names = "--admin", arity = "1", paramLabel = "true|false", description = "Whether it may do everything.")
    private @Nullable Boolean admin;

    @Option(
            names = "--disabled",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether everything that proves it is refused, at once and everywhere.")
    private @Nullable Boolean disabled;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Whatever people want to know about it.")
    private @Nullable String comment;

    @Option(
            names = "--oidc-subject",
            paramLabel = "SUBJECT",
            description =
                    "Whom the server's OpenID provider has to name for a browser to sign in as the user; '' for nobody."
                            + " Ends the user's sessions.")
    private @Nullable String oidcSubject;

    UsersAlter(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.access().update(name, new UserPatch(comment, admin, disabled, oidcSubject));
        err().println("Changed '" + name + "'.");
        return ExitCode.OK;
    }
}
