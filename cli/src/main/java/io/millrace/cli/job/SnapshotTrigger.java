package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.SnapshotsClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.job.SnapshotPhase;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

@Command(
        name = "trigger",
        header = "Take a savepoint of a running job; the job goes on.",
        footer = {"", "Example: millrace snapshot trigger page-views --wait"})
final class SnapshotTrigger extends ServerCommand {
    private static final long PAUSE_MILLIS = 100;

    @Parameters(paramLabel = "JOB", description = "The job.")
    private String job = "";

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    SnapshotTrigger(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        SnapshotsClient snapshots = workspace.jobs(client).snapshots(job);
        SnapshotView snapshot = ended(snapshots, snapshots.trigger(UUID.randomUUID()));
        if (output.json()) {
            out().println(PrettyJson.of(snapshot));
        } else {
            tell(snapshot);
        }
        if (wait.limit().isEmpty() || snapshot.phase() == SnapshotPhase.AVAILABLE) {
            return ExitCode.OK;
        }
        return snapshot.phase() == SnapshotPhase.FAILED ? ExitCode.JOB_FAILED : ExitCode.TIMED_OUT;
    }

    private void tell(SnapshotView snapshot) {
        switch (snapshot.phase()) {
            case AVAILABLE, DISPOSING -> out().println(snapshot.id() + ": " + snapshot.path());
            case FAILED -> err().println(snapshot.id() + ": failed. " + snapshot.problem());
            case INTENT, REQUESTED ->
                out().println(snapshot.id() + ": will be taken. `millrace snapshot show " + job + " " + snapshot.id()
                        + workspace.repeated() + "` says when it is.");
        }
    }

    /** A server that does not answer for a while is no reason to give up: it may be restarting. */
    private SnapshotView ended(SnapshotsClient snapshots, SnapshotView begun) {
        SnapshotView last = begun;
        Instant deadline = surroundings().clock().instant().plus(wait.limit().orElse(Duration.ZERO));
        while (open(last) && surroundings().clock().instant().isBefore(deadline)) {
            pause();
            last = look(snapshots, last);
        }
        return last;
    }

    private static SnapshotView look(SnapshotsClient snapshots, SnapshotView last) {
        try {
            return snapshots.get(last.id());
        } catch (UnreachableException e) {
            return last;
        }
    }

    private static boolean open(SnapshotView snapshot) {
        return snapshot.phase() == SnapshotPhase.INTENT || snapshot.phase() == SnapshotPhase.REQUESTED;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for a savepoint"));
        }
    }
}
