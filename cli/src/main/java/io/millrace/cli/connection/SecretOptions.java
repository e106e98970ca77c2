package io.millrace.cli.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where secrets come from: never from an argument, which others can see and shells remember. */
final class SecretOptions {
    @Option(
            names = "--ask",
            paramLabel = "SECRET",
            description = "Ask for this secret; without a terminal, read a line of standard input. May be repeated.")
    private List<String> asked = new ArrayList<>();

    @Option(
            names = "--secret-file",
            paramLabel = "SECRET=FILE",
            description = "Read this secret from a file here. May be repeated.")
    private Map<String, Path> files = new LinkedHashMap<>();

    Map<String, String> read(Surroundings surroundings, PrintWriter err) {
        Map<String, String> secrets = new LinkedHashMap<>();
        files.forEach(
                (key, file) -> secrets.put(key, content(surroundings.directory().resolve(file))));
        if (!asked.isEmpty()) {
            var lines = new BufferedReader(new InputStreamReader(surroundings.in(), UTF_8));
            asked.forEach(key -> secrets.put(key, ask(key, surroundings, lines, err)));
        }
        return secrets;
    }

    private static String ask(String key, Surroundings surroundings, BufferedReader lines, PrintWriter err) {
        Console console = surroundings.screen().input() ? System.console() : null;
        if (console != null) {
            char[] typed = console.readPassword("%s: ", key);
            if (typed != null && typed.length > 0) {
                return new String(typed);
            }
        } else {
            if (surroundings.screen().input()) {
                err.print(key + ": ");
                err.flush();
            }
            String line = line(lines);
            if (!line.isEmpty()) {
                return line;
            }
        }
        throw new CommandFailure(ExitCode.USAGE, "--ask " + key + ": nothing was given.");
    }

    private static String line(BufferedReader lines) {
        try {
            String line = lines.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    file + " cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }
}
