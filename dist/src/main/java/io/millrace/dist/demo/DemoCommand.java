package io.millrace.dist.demo;

import static java.util.Objects.requireNonNull;

import io.millrace.api.Json;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputFormat;
import io.millrace.cli.console.Screen;
import io.millrace.dist.stack.Ports;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code millrace demo}: the shortest way from nothing to a result that was checked. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "Run the traffic example and check its result.",
        description = {
            "",
            "Starts the local stack if it is not up, makes the example's tables and jobs anew, loads an access log, waits"
                    + " for the result, compares it with an offline computation and prints it. Stack and jobs go on"
                    + " running.",
            ""
        },
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--log",
            paramLabel = "FILE",
            description =
                    "An access log in Combined Log Format, plain or .gz. When left out: the sample of the example.")
    private @Nullable Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = OutputFormat.TableOrJson.class,
            defaultValue = "table",
            description = "table (default) or json: one object on standard output and nothing else.")
    private OutputFormat output = OutputFormat.TABLE;

    @Spec
    private CommandSpec spec;

    private final DemoStack stack;

    @SuppressWarnings("NullAway.Init") // picocli sets the rest
    public DemoCommand(DemoStack stack) {
        this.stack = requireNonNull(stack, "stack");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var example = new Example(stack.examples().resolve("traffic"));
        // Before anything is started or touched.
        InputLog log = InputLog.check(file == null ? example.sampleLog() : file);
        say(String.format(Locale.ROOT, "%,d lines in %s", log.lines(), log.file()));
        long begin = System.nanoTime();
        Ports ports = stack.up();
        long up = System.nanoTime();
        MillraceClient client = stack.client(ports);
        var site = new DemoRun.Site(client, "127.0.0.1:" + ports.kafka(), stack.warehouse(), ports.ui());
        DemoResult result = run(new DemoRun(site, example, this::say), log);
        long end = System.nanoTime();
        print(client, result.took(seconds(begin, up), seconds(up, end)));
        return ExitCode.OK.number();
    }

    /** A run that fails leaves the stack for a look at it; one that is interrupted leaves nothing. */
    private DemoResult run(DemoRun run, InputLog log) throws InterruptedException {
        try (Interruption interruption = new Interruption(run::abandon)) {
            try {
                return run.run(log);
            } catch (RuntimeException e) {
                // What is being taken down fails in many ways; nobody wants to read them.
                interruption.awaitEndIfInterrupted();
                throw e;
            } finally {
                stack.keep();
            }
        }
    }

    private void print(MillraceClient client, DemoResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(Json.write(result));
        } else {
            String console = result.ui() + client.access().link().path();
            DemoReport.lines(result, console, Screen.ofProcess().tableLimit()).forEach(out::println);
        }
        out.flush();
    }

    private void say(String progress) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("demo: " + progress);
        err.flush();
    }

    private static double seconds(long from, long to) {
        return Math.round((to - from) / 1e7) / 100.0;
    }
}
