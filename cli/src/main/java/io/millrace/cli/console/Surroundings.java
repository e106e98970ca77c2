package io.millrace.cli.console;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it; tests make their own.
 *
 * @param environment the environment variables
 * @param directory against which file names are resolved
 * @param home the user's home directory
 * @param in standard input
 */
public record Surroundings(
        Map<String, String> environment, Path directory, Path home, InputStream in, Screen screen, Clock clock) {

    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(""),
                Path.of(System.getProperty("user.home")),
                System.in,
                Screen.ofProcess(),
                Clock.systemUTC());
    }

    /** Where the local stack keeps its state: the launcher says it, or the environment does. */
    public Path stackHome() {
        return variable("MILLRACE_HOME").map(Path::of).orElseGet(() -> home.resolve(".millrace"));
    }

    /** An environment variable that is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
