package io.millrace.dist.boot;

import io.millrace.dist.stack.Home;

import java.nio.file.Path;

/** What the caller's surroundings say. */
final class Here {
    private Here() {}

    /** {@code $MILLRACE_HOME}, else a folder of the user's. */
    static Home home() {
        String named = System.getenv("MILLRACE_HOME");
        return new Home(
                named == null || named.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".millrace")
                        : Path.of(named));
    }

    /** Whether a person looks at standard error; {@code bin/millrace} asks, since Java cannot. */
    static boolean isTerminal() {
        return Boolean.getBoolean("millrace.terminal");
    }
}
