package io.millrace.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.ExitCode;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;

/** Asks for secrets: on a terminal without showing them, else a line of standard input for each. */
public final class SecretInput {
    private final Surroundings surroundings;
    private final PrintWriter err;
    private final BufferedReader lines;

    public SecretInput(Surroundings surroundings, PrintWriter err) {
        this.surroundings = surroundings;
        this.err = err;
        this.lines = new BufferedReader(new InputStreamReader(surroundings.in(), UTF_8));
    }

    /** Fails when nothing is given. */
    public String ask(String what) {
        Console console = surroundings.screen().input() ? System.console() : null;
        if (console != null) {
            char[] typed = console.readPassword("%s: ", what);
            if (typed != null && typed.length > 0) {
                return new String(typed);
            }
        } else {
            if (surroundings.screen().input()) {
                err.print(what + ": ");
                err.flush();
            }
            String line = line();
            if (!line.isEmpty()) {
                return line;
            }
        }
        throw new CommandFailure(ExitCode.USAGE, what + ": nothing was given.");
    }

    private String line() {
        try {
            String line = lines.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }
}
