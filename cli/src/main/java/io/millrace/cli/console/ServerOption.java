package io.millrace.cli.console;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that talks to a server. */
public final class ServerOption {
    private final Surroundings surroundings;
    private @Nullable ServerAddress address;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server to talk to. Default: $MILLRACE_SERVER, else the local stack of $MILLRACE_HOME.")
    private @Nullable String server;

    public ServerOption(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** A client of the server; it has not been called yet. */
    public MillraceClient client() {
        MillraceClient client = MillraceClient.at(address().uri());
        return ServerToken.find(address(), surroundings)
                .map(token -> client.withToken(() -> token))
                .orElse(client);
    }

    public ServerAddress address() {
        if (address == null) {
            address = ServerAddress.find(server, surroundings);
        }
        return address;
    }

    /** What to tell when the server does not answer. */
    public CommandFailure explain(UnreachableException e) {
        if (address().given()) {
            return new CommandFailure(ExitCode.NOT_RUNNING, e.getMessage() + ". Is this the right address?");
        }
        return e.neverSent()
                ? ServerAddress.notRunning()
                : new CommandFailure(
                        ExitCode.NOT_RUNNING, e.getMessage() + ". `millrace status` says what is wrong with it.");
    }
}
