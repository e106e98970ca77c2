package io.millrace.dist.boot;

import static io.millrace.cli.ExitCode.OK;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/** {@code millrace down}: ends the stack, whatever state it is in. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the local stack. Its data stays; nothing running is fine.")
final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        boolean ran = new StackStopper(Here.home()).stop();
        System.err.println(ran ? "Millrace is down." : "Millrace was not running.");
        return OK.number();
    }
}
