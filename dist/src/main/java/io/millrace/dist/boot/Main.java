package io.millrace.dist.boot;

import io.millrace.cli.Commands;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Failures;
import io.millrace.cli.console.Screen;
import io.millrace.cli.console.Surroundings;
import io.millrace.dist.demo.DemoCommand;
import io.millrace.dist.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The {@code millrace} command: the local stack's commands and those that talk to a server. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        description = "A self-hosted real-time data platform on Apache Flink.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            SuperviseCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the field
    private Main() {}

    public static void main(String[] args) {
        System.exit(
                commandLine(Surroundings.ofProcess(), System.out, System.err).execute(args));
    }

    /**
     * Runs a command on streams of the caller's, none of them a terminal, and answers its exit code: for who runs so many
     * that a process for each costs too much, as end-to-end tests do. The local stack's commands look at the process all
     * the same.
     */
    public static int run(
            Map<String, String> environment, InputStream in, OutputStream out, OutputStream err, String... arguments) {
        Surroundings surroundings = new Surroundings(
                environment,
                Path.of(""),
                Path.of(System.getProperty("user.home")),
                in,
                Screen.none(),
                Clock.systemUTC());
        return commandLine(surroundings, out, err).execute(arguments);
    }

    static CommandLine commandLine(Surroundings surroundings, OutputStream out, OutputStream err) {
        var line = new CommandLine(new Main());
        line.addSubcommand(new DemoCommand(new LocalStack()));
        Commands.addTo(line, surroundings, out, err);
        tellVersion(line);
        CommandLine.IExecutionExceptionHandler others = line.getExecutionExceptionHandler();
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof StackException known) {
                command.getErr().println(Failures.PREFIX + known.getMessage());
                return known.exitCode().number();
            }
            if (others != null) {
                return others.handleExecutionException(exception, command, parsed);
            }
            exception.printStackTrace(command.getErr());
            return ExitCode.FAILED.number();
        });
        return line;
    }

    /** Picocli has each command tell its own. */
    private static void tellVersion(CommandLine line) {
        String version = Main.class.getPackage().getImplementationVersion();
        line.getCommandSpec().version("millrace " + version + ", Java " + Runtime.version());
        line.getSubcommands().values().forEach(Main::tellVersion);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: millrace COMMAND.");
    }
}
