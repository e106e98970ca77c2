package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.job.DeploymentPhase;
import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.cli.ExitCode;

import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Follows a job until a wish has come true. A server that does not answer for a while is no reason to give up: it may be
 * restarting, and the job goes on without it.
 */
final class JobWait {
    private static final long PAUSE_MILLIS = 100;

    private final JobsClient jobs;
    private final Optional<Duration> limit;
    private final Clock clock;
    private final PrintWriter progress;

    /** Without a limit it does not wait at all. {@code progress} is told each change of state. */
    JobWait(JobsClient jobs, Optional<Duration> limit, Clock clock, PrintWriter progress) {
        this.jobs = jobs;
        this.limit = limit;
        this.clock = clock;
        this.progress = progress;
    }

    /** The job as it was seen last, and what the command shall say to the shell. */
    record Ended(JobView job, ExitCode exitCode) {}

    /** Until a streaming job runs and a batch job has finished. {@code before} was read before the wish was sent. */
    Ended untilStarted(JobView before) {
        return until(before, job -> started(before, job));
    }

    /** Until nothing of the job runs any more. */
    Ended untilStopped(JobView before) {
        return until(before, job -> stopped(before, job));
    }

    /** Until it is decided what runs in the end. The wish was sent, and a version ran that it replaces. */
    Ended untilDeployed(JobView before) {
        return until(before, JobWait::deployed);
    }

    private static Optional<ExitCode> deployed(JobView job) {
        DeploymentView deployment = job.deployment();
        if (job.desired() != DesiredState.RUNNING) {
            return Optional.of(ExitCode.FAILED);
        }
        if (deployment != null && deployment.phase().over()) {
            return Optional.of(deployment.phase() == DeploymentPhase.DONE ? ExitCode.OK : ExitCode.JOB_FAILED);
        }
        boolean parked = job.observed() == ObservedState.FAILED || job.observed() == ObservedState.NEEDS_DECISION;
        return parked ? Optional.of(ExitCode.JOB_FAILED) : Optional.empty();
    }

    private static Optional<ExitCode> started(JobView before, JobView job) {
        if (job.desired() != DesiredState.RUNNING && job.observed() != ObservedState.FINISHED) {
            return Optional.of(ExitCode.FAILED);
        }
        // What it was before is no answer: the reconciler has not looked yet.
        boolean stale = job.attempt() == before.attempt() && job.observed() == before.observed();
        return switch (job.observed()) {
            case RUNNING -> job.spec().mode() == JobMode.BATCH ? Optional.empty() : Optional.of(ExitCode.OK);
            case FINISHED -> stale ? Optional.empty() : Optional.of(ExitCode.OK);
            case FAILED, NEEDS_DECISION -> stale ? Optional.empty() : Optional.of(ExitCode.JOB_FAILED);
            case IDLE, STARTING, RESTARTING, STOPPING -> Optional.empty();
        };
    }

    private static Optional<ExitCode> stopped(JobView before, JobView job) {
        if (job.desired() != DesiredState.STOPPED) {
            return Optional.of(ExitCode.FAILED);
        }
        return switch (job.observed()) {
            case IDLE, FINISHED -> Optional.of(ExitCode.OK);
            case FAILED, NEEDS_DECISION ->
                job.observed() == before.observed() ? Optional.empty() : Optional.of(ExitCode.JOB_FAILED);
            case STARTING, RUNNING, RESTARTING, STOPPING -> Optional.empty();
        };
    }

    private Ended until(JobView before, Function<JobView, Optional<ExitCode>> decide) {
        JobView job = jobs.get(before.name());
        if (limit.isEmpty()) {
            return new Ended(job, ExitCode.OK);
        }
        Instant deadline = clock.instant().plus(limit.get());
        ObservedState told = before.observed();
        while (true) {
            if (job.observed() != told) {
                told = job.observed();
                progress.println(job.name() + ": " + told);
            }
            Optional<ExitCode> decided = decide.apply(job);
            if (decided.isPresent()) {
                tellReason(job, decided.get());
                return new Ended(job, decided.get());
            }
            if (!clock.instant().isBefore(deadline)) {
                progress.println(job.name() + ": still " + job.observed() + " after "
                        + limit.get().toSeconds() + " s" + reason(job));
                return new Ended(job, ExitCode.TIMED_OUT);
            }
            pause();
            job = look(job);
        }
    }

    private void tellReason(JobView job, ExitCode exitCode) {
        if (exitCode == ExitCode.JOB_FAILED) {
            progress.println(job.name() + ": " + job.observed() + reason(job));
        } else if (exitCode == ExitCode.FAILED) {
            progress.println(job.name() + ": meanwhile somebody wants it " + job.desired() + "; no longer waiting");
        }
    }

    private JobView look(JobView last) {
        try {
            return jobs.get(last.name());
        } catch (UnreachableException e) {
            return last;
        }
    }

    private static String reason(JobView job) {
        return job.reason() == null ? "" : ": " + job.reason();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for a job"));
        }
    }
}
