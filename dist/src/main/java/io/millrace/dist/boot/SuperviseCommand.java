package io.millrace.dist.boot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** What {@code up} starts in the background. Not for people, who have {@code up --foreground}. */
@Command(name = "supervise", hidden = true)
final class SuperviseCommand implements Callable<Integer> {
    @Mixin
    private StackOptions options = new StackOptions();

    @Override
    public Integer call() throws InterruptedException {
        return new ForegroundStack(Here.home(), options, record -> {}).run().number();
    }
}
