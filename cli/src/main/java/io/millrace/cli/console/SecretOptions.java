package io.millrace.cli.console;

import io.millrace.cli.ExitCode;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where secrets come from: never from an argument, which others can see and shells remember. */
public final class SecretOptions {
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

    /** By the names of the secrets. */
    public Map<String, String> read(Surroundings surroundings, PrintWriter err) {
        Map<String, String> secrets = new LinkedHashMap<>();
        files.forEach(
                (key, file) -> secrets.put(key, content(surroundings.directory().resolve(file))));
        var input = new SecretInput(surroundings, err);
        asked.forEach(key -> secrets.put(key, input.ask(key)));
        return secrets;
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
