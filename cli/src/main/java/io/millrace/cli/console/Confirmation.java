package io.millrace.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.ExitCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;

/** Asks a person at a terminal before something is done that is hard to undo. Programs say {@code --yes}. */
public final class Confirmation {
    private static final Set<String> YES = Set.of("y", "yes");

    private final Surroundings surroundings;
    private final PrintWriter err;

    public Confirmation(Surroundings surroundings, PrintWriter err) {
        this.surroundings = surroundings;
        this.err = err;
    }

    /** Fails unless the person agrees, or when there is none. */
    public void require(String question) {
        if (!surroundings.screen().input()) {
            throw new CommandFailure(ExitCode.USAGE, question + " Nobody is there to answer: say --yes.");
        }
        err.print(question + " [y/N] ");
        err.flush();
        if (!YES.contains(answer().strip().toLowerCase(Locale.ROOT))) {
            throw new CommandFailure(ExitCode.FAILED, "Nothing was changed.");
        }
    }

    private String answer() {
        try {
            String line = new BufferedReader(new InputStreamReader(surroundings.in(), UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }
}
