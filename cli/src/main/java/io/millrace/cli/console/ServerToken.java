package io.millrace.cli.console;

import io.millrace.cli.ExitCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What proves to the server who calls: a token that was given, or else that of the local stack's own user. */
public final class ServerToken {
    static final String VARIABLE = "MILLRACE_TOKEN";

    private ServerToken() {}

    /** Finds the token; the local stack's is sent to the local stack only. */
    static Optional<String> find(ServerAddress server, Surroundings surroundings) {
        Optional<String> given = surroundings.variable(VARIABLE);
        return given.isPresent() || server.given() ? given : ofStack(surroundings.stackHome());
    }

    /** The token of the user of the local stack with this home; empty if it was never started. */
    public static Optional<String> ofStack(Path home) {
        Path file = home.resolve("secrets/local.token");
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    "Millrace cannot read " + file + " (" + e.getClass().getSimpleName()
                            + "): the stack belongs to another user of this machine. Set " + VARIABLE + ".");
        }
    }
}
