package io.millrace.dist.boot;

import static java.util.Objects.requireNonNull;

import io.millrace.cli.ExitCode;
import io.millrace.dist.parts.Parts;
import io.millrace.dist.parts.Site;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.stack.Distribution;
import io.millrace.dist.stack.Failure;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.HomeLock;
import io.millrace.dist.stack.Journal;
import io.millrace.dist.stack.Leftovers;
import io.millrace.dist.stack.PortChooser;
import io.millrace.dist.stack.Ports;
import io.millrace.dist.stack.Secrets;
import io.millrace.dist.stack.StackRecord;
import io.millrace.dist.stack.StartTurn;
import io.millrace.dist.stack.Supervisor;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a stack in this process, from the lock on its home until somebody ends the process. */
final class ForegroundStack {
    private final Home home;
    private final StackOptions options;
    private final Consumer<StackRecord> watcher;

    ForegroundStack(Home home, StackOptions options, Consumer<StackRecord> watcher) {
        this.home = requireNonNull(home, "home");
        this.options = requireNonNull(options, "options");
        this.watcher = requireNonNull(watcher, "watcher");
    }

    ExitCode run() throws InterruptedException {
        home.create();
        try (HomeLock lock = HomeLock.take(home)) {
            home.checkSpace();
            var journal = new Journal(home.log(Supervisor.NAME), Clock.systemUTC());
            List<String> left = new Leftovers(new ProcessTable(), Clock.systemUTC()).stop(home, lock);
            if (!left.isEmpty()) {
                journal.say("stopped what an earlier supervisor left: " + String.join(", ", left));
            }
            home.emptyTmp();
            return supervise(journal);
        }
    }

    private ExitCode supervise(Journal journal) throws InterruptedException {
        Supervisor supervisor;
        Optional<Failure> failure;
        try (StartTurn turn = StartTurn.take(journal)) {
            Ports ports = new PortChooser(turn).choose(options.host(), options.port());
            var secrets = new Secrets(home, new SecureRandom());
            var site = new Site(home, Distribution.ofThisProcess(), ports, secrets);
            supervisor = Supervisor.of(home, ports, Parts.of(site), options.startLimit(), watcher);
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
            failure = supervisor.start();
        }
        if (failure.isPresent()) {
            journal.say(failure.get().sentence());
            supervisor.stop();
            return failure.get().exitCode();
        }
        supervisor.awaitEnd();
        return ExitCode.OK;
    }
}
