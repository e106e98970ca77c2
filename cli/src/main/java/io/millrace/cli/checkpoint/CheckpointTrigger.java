package io.millrace.cli.checkpoint;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.CheckpointKind;
import io.millrace.api.job.CheckpointProgress;
import io.millrace.api.job.CheckpointRequestView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

@Command(
        name = "trigger",
        header = "Ask for a checkpoint of a running job now.",
        footer = {"", "Example: millrace checkpoint trigger page-views --full --wait"})
final class CheckpointTrigger extends OneJob {
    private static final Duration LOOK = Duration.ofMillis(200);

    @Option(names = "--full", description = "A full one, even when the job makes incremental ones.")
    private boolean full;

    @Mixin
    private final WaitOption wait = new WaitOption();

    CheckpointTrigger(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = jobs(client);
        Duration limit = wait.limit().orElse(Duration.ZERO);
        Instant until = surroundings().clock().instant().plus(limit);
        CheckpointRequestView request =
                jobs.triggerCheckpoint(name(), full ? CheckpointKind.FULL : CheckpointKind.CONFIGURED);
        while (request.progress() == CheckpointProgress.IN_PROGRESS
                && surroundings().clock().instant().isBefore(until)) {
            pause();
            request = jobs.checkpointRequest(name(), request.id());
        }
        out().println(json() ? PrettyJson.of(request) : name() + ": " + words(request));
        return switch (request.progress()) {
            case COMPLETED -> ExitCode.OK;
            case FAILED, UNKNOWN -> ExitCode.JOB_FAILED;
            case IN_PROGRESS -> wait.limit().isEmpty() ? ExitCode.OK : ExitCode.TIMED_OUT;
        };
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for a checkpoint"));
        }
    }

    private static String words(CheckpointRequestView request) {
        return switch (request.progress()) {
            case IN_PROGRESS -> "a checkpoint was asked for";
            case COMPLETED -> "checkpoint " + request.checkpoint() + " is complete";
            case FAILED -> "the checkpoint failed: " + request.failure();
            case UNKNOWN -> "the cluster has forgotten the request; see millrace checkpoint list";
        };
    }
}
