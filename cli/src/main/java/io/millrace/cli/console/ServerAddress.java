package io.millrace.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.cli.ExitCode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where the server is: an address that was given, or else that of the local stack.
 *
 * @param given whether the user named it, so that a failure must not speak of the local stack
 */
public record ServerAddress(URI uri, boolean given) {
    private static final String VARIABLE = "MILLRACE_SERVER";

    /** Phases of the local stack in which its server may answer. */
    private static final Set<String> ALIVE = Set.of("STARTING", "UP");

    /** Finds the address by option, variable or record of the local stack, in this order. */
    public static ServerAddress find(@Nullable String option, Surroundings surroundings) {
        if (option != null) {
            return new ServerAddress(parse("--server", option), true);
        }
        return surroundings
                .variable(VARIABLE)
                .map(value -> new ServerAddress(parse(VARIABLE, value), true))
                .orElseGet(() -> ofStack(surroundings.stackHome()));
    }

    private static URI parse(String source, String value) {
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, in the same words as an address that parses but is of another kind.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                source + ": '" + value + "' is not the address of a server. Write it like http://127.0.0.1:8080.");
    }

    private static ServerAddress ofStack(Path home) {
        Path record = home.resolve("stack.json");
        try {
            JsonNode stack = Json.lenient().readTree(Files.readString(record));
            JsonNode port = stack.at("/ports/server");
            if (ALIVE.contains(stack.path("phase").asText()) && port.isInt()) {
                String host = stack.at("/ports/host").asText("127.0.0.1");
                return new ServerAddress(URI.create("http://" + reachable(host) + ":" + port.intValue()), false);
            }
            throw notRunning();
        } catch (NoSuchFileException e) {
            throw notRunning();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    "Millrace cannot read " + record + " (" + e.getMessage()
                            + "). Make it readable, or name the server with --server.");
        }
    }

    /** A server that listens on all addresses is reached on this machine's own. */
    private static String reachable(String host) {
        String name = Set.of("0.0.0.0", "::", "").contains(host) ? "127.0.0.1" : host;
        return name.contains(":") ? "[" + name + "]" : name;
    }

    static CommandFailure notRunning() {
        return new CommandFailure(ExitCode.NOT_RUNNING, "Millrace is not running. Start it with `millrace up`.");
    }
}
