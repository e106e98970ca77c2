package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.console.Screen;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Runs a command line as the launcher would, and keeps what it wrote. */
public final class Run {
    private final Map<String, String> environment = new HashMap<>();
    private final Path directory;
    private String input = "";
    private Screen screen = Screen.none();

    /** What the command left behind. */
    public record Result(int exitCode, String out, String err) {}

    @Command(name = "millrace")
    private static final class Root {}

    private Run(Path directory) {
        this.directory = directory;
        environment.put("MILLRACE_HOME", directory.resolve("home").toString());
    }

    /** In an empty folder and with nothing running. */
    public static Run in(Path directory) {
        return new Run(directory);
    }

    public Run with(FakeServer server) {
        environment.put("MILLRACE_SERVER", server.address().toString());
        return this;
    }

    public Run variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Run input(String text) {
        input = text;
        return this;
    }

    /** A person types the input. */
    public Run atTerminal() {
        screen = new Screen(true, false, true, () -> 80);
        return this;
    }

    public Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                environment,
                directory,
                directory,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                screen,
                Clock.systemUTC());
        CommandLine root = new CommandLine(new Root());
        Commands.addTo(root, surroundings);
        root.setOut(new PrintWriter(out));
        root.setErr(new PrintWriter(err));
        int exitCode = root.execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
