package io.millrace.dist.boot;

import static io.millrace.cli.ExitCode.FAILED;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.console.ServerToken;
import io.millrace.dist.demo.DemoStack;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.stack.Distribution;
import io.millrace.dist.stack.Failure;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.Phase;
import io.millrace.dist.stack.Ports;
import io.millrace.dist.stack.StackException;
import io.millrace.dist.stack.StackFile;
import io.millrace.dist.stack.StackRecord;
import io.millrace.dist.stack.Supervisor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The stack of this home, for commands that need it up. */
final class LocalStack implements DemoStack {
    private final Home home = Here.home();
    private final Fate fate = new Fate();

    @Override
    public Ports up() throws IOException, InterruptedException {
        Optional<StackRecord> running = running(home);
        if (running.isPresent() && running.get().phase() == Phase.UP) {
            return running.get().ports();
        }
        var progress = new Progress(System.err, Here.isTerminal());
        StackRecord settled = running.isPresent()
                ? DetachedStack.join(home, running.get(), progress)
                : DetachedStack.start(home, new StackOptions(), progress, fate);
        if (settled.phase() != Phase.UP) {
            throw failure(settled, home);
        }
        return settled.ports();
    }

    @Override
    public void keep() throws InterruptedException {
        fate.keep();
    }

    @Override
    public MillraceClient client(Ports ports) {
        return client(home, ports.ui());
    }

    /** Calls the server of the stack with this home, as the stack's own user. */
    static MillraceClient client(Home home, String ui) {
        MillraceClient client = MillraceClient.at(URI.create(ui));
        return ServerToken.ofStack(home.folder())
                .map(token -> client.withToken(() -> token))
                .orElse(client);
    }

    @Override
    public Path warehouse() {
        return home.data("warehouse");
    }

    @Override
    public Path examples() {
        return Distribution.ofThisProcess().folder().resolve("examples");
    }

    /** What the record says while its supervisor runs. */
    static Optional<StackRecord> running(Home home) {
        return new StackFile(home.record()).read().filter(record -> new ProcessTable().runs(record.supervisor()));
    }

    /** Why a start came to nothing; what the process at fault wrote last is shown. */
    static StackException failure(StackRecord settled, Home home) {
        Failure failure = settled.failure();
        if (failure == null) {
            return new StackException(
                    FAILED, "The stack was stopped while it started; see " + home.log(Supervisor.NAME) + ".");
        }
        failure.lastLines().forEach(line -> System.err.println("    " + line));
        return new StackException(failure.exitCode(), failure.sentence());
    }
}
