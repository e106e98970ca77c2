package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.job.ProofPhase;
import io.millrace.api.job.ProofVerdict;
import io.millrace.api.job.ProofView;
import io.millrace.cli.ExitCode;
import org.jspecify.annotations.Nullable;

import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Has a version proven and follows the proof to its end. A server that is away for a while is waited for. */
final class ProofRun {
    private static final long PAUSE_MILLIS = 200;

    /** Longer than a large savepoint takes, and then the server's own limit. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final JobsClient jobs;
    private final Clock clock;
    private final PrintWriter progress;

    ProofRun(JobsClient jobs, Clock clock, PrintWriter progress) {
        this.jobs = jobs;
        this.clock = clock;
        this.progress = progress;
    }

    /** {@code snapshot}: its id or path; null for the one that a deployment would go on from. */
    ProofView prove(String name, long version, @Nullable String snapshot) {
        ProofView last = jobs.prove(name, version, snapshot, UUID.randomUUID());
        Instant deadline = clock.instant().plus(LONGEST);
        ProofPhase told = ProofPhase.OVER;
        while (last.phase() != ProofPhase.OVER && clock.instant().isBefore(deadline)) {
            if (last.phase() != told) {
                told = last.phase();
                progress.println(name + ": " + sentence(told));
                progress.flush();
            }
            pause();
            last = look(name, last);
        }
        return last;
    }

    private ProofView look(String name, ProofView last) {
        try {
            return jobs.proof(name, last.id());
        } catch (UnreachableException e) {
            return last;
        }
    }

    private static String sentence(ProofPhase phase) {
        return switch (phase) {
            case SAVING -> "waiting for the savepoint of the proof";
            case SUBMITTING -> "sending the proof to the cluster";
            case RUNNING -> "the proof restores the snapshot";
            case ENDING, OVER -> "ending the proof";
        };
    }

    /** For people. */
    static String text(ProofView proof) {
        String snapshot = proof.snapshot() == null ? "" : " Snapshot: " + proof.snapshot();
        String verdict = proof.verdict() == null
                ? "the proof is still " + proof.phase() + "; `millrace job history " + proof.job() + "` will have it."
                : proof.verdict() + ". " + proof.outcome();
        return proof.job() + ": version " + proof.version() + ": " + verdict + snapshot;
    }

    static ExitCode exitCode(ProofView proof) {
        if (proof.phase() != ProofPhase.OVER) {
            return ExitCode.TIMED_OUT;
        }
        return proof.verdict() == ProofVerdict.PROVEN ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for a proof"));
        }
    }
}
