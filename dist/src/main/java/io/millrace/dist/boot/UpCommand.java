package io.millrace.dist.boot;

import io.millrace.cli.ExitCode;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.Phase;
import io.millrace.dist.stack.StackRecord;
import io.millrace.dist.stack.StackStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code millrace up}: the local stack runs afterwards, or nothing of it does. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the local stack: PostgreSQL, Kafka, Flink, the gateway and the server.")
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--foreground", description = "Stay in the foreground until stopped, for containers and systemd.")
    private boolean foreground;

    @Option(names = "--output", paramLabel = "text|json", description = "How to print the result; text by default.")
    private Output output = Output.text;

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check(spec.commandLine());
        Home home = Here.home();
        home.create();
        Optional<StackRecord> running = LocalStack.running(home);
        if (running.isPresent() && running.get().phase() == Phase.UP) {
            System.err.println(
                    "Millrace is up already: " + running.get().ports().ui());
            return printStatus(home);
        }
        var progress = new Progress(System.err, Here.isTerminal());
        if (foreground && running.isEmpty()) {
            return new ForegroundStack(home, options, progress::show).run().number();
        }
        // Here too: on a full disk the supervisor could not even say why it refuses.
        home.checkSpace();
        var fate = new Fate();
        StackRecord settled = running.isPresent()
                ? DetachedStack.join(home, running.get(), progress)
                : DetachedStack.start(home, options, progress, fate);
        fate.keep();
        if (settled.phase() != Phase.UP) {
            throw LocalStack.failure(settled, home);
        }
        return printStatus(home);
    }

    private int printStatus(Home home) {
        PrintWriter out = spec.commandLine().getOut();
        StackStatus status = StatusPrinter.look(home);
        ExitCode exitCode = StatusPrinter.print(status, output, out);
        if (output == Output.text && status.state() == StackStatus.State.UP && status.ui() != null) {
            out.println();
            out.println("Console, signed in (works once; `millrace console` prints another link):");
            out.println("  " + status.ui()
                    + LocalStack.client(home, status.ui()).access().link().path());
        }
        return exitCode.number();
    }
}
