package io.millrace.dist.boot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code millrace status}: what runs, verified. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what runs of the local stack. Exit code: 0 up, 1 starting or degraded, 3 down.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--output", paramLabel = "text|json", description = "How to print it; text by default.")
    private Output output = Output.text;

    @Override
    public Integer call() {
        return StatusPrinter.print(
                        StatusPrinter.look(Here.home()),
                        output,
                        spec.commandLine().getOut())
                .number();
    }
}
