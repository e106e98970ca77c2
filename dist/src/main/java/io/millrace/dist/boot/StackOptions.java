package io.millrace.dist.boot;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The options of a start, for {@code up} and for the supervisor that it starts. */
final class StackOptions {
    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The server's port. When left out: 8080, or the next free one.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address that the server is bound to; 127.0.0.1 by default. All else stays on 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long each process may take to answer before the start fails; 120 by default.")
    private int timeout = 120;

    /** Refuses what no machine can do, as wrong usage. */
    void check(CommandLine command) {
        if (port != null && (port < 1 || port > 65535)) {
            throw new ParameterException(command, "--port is a number from 1 to 65535, not " + port + ".");
        }
        if (timeout < 1) {
            throw new ParameterException(command, "--timeout is a positive number of seconds, not " + timeout + ".");
        }
    }

    String host() {
        return host;
    }

    OptionalInt port() {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    Duration startLimit() {
        return Duration.ofSeconds(timeout);
    }

    /** As they are passed on. */
    List<String> line() {
        List<String> line = new ArrayList<>(List.of("--host", host, "--timeout", "" + timeout));
        if (port != null) {
            line.addAll(List.of("--port", "" + port));
        }
        return line;
    }
}
