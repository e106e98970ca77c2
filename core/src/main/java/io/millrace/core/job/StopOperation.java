package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.Snapshot;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * One try to stop one attempt. Recorded before anything is sent; it suffices to finish or repeat the stop.
 *
 * @param wish the wish that it serves
 * @param triggerId what Flink knows the request by, 32 hexadecimal digits: the same request sent twice is one
 * @param directory where its savepoint goes and nothing else does, so that it is found whatever was lost
 * @param savepoint the completed savepoint
 * @param outcome what came of it, in one sentence; empty while it is open
 */
public record StopOperation(
        UUID id,
        JobId job,
        int attempt,
        long wish,
        StopKind kind,
        String triggerId,
        String directory,
        StopPhase phase,
        Optional<Snapshot> savepoint,
        String outcome,
        Instant createdAt,
        Instant changedAt) {
    public StopOperation {
        requireNonNull(id, "id");
        requireNonNull(job, "job");
        requireNonNull(kind, "kind");
        requireNonNull(triggerId, "triggerId");
        requireNonNull(directory, "directory");
        requireNonNull(phase, "phase");
        requireNonNull(savepoint, "savepoint");
        requireNonNull(outcome, "outcome");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
    }

    static StopOperation intend(UUID id, Attempt attempt, Wish wish, StopKind kind, String savepoints, Instant now) {
        byte[] hash = Hashes.sha256(attempt.flinkJobId() + "/" + id);
        return new StopOperation(
                id,
                attempt.job(),
                attempt.number(),
                wish.number(),
                kind,
                HexFormat.of().formatHex(hash, 0, 16),
                savepoints + "/" + attempt.job() + "/" + attempt.number() + "/" + id,
                StopPhase.INTENT,
                Optional.empty(),
                "",
                now,
                now);
    }

    StopOperation become(StopPhase next, String what, Instant now) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException("stop " + id + ": " + phase + " cannot become " + next);
        }
        return new StopOperation(
                id, job, attempt, wish, kind, triggerId, directory, next, savepoint, what, createdAt, now);
    }

    StopOperation has(Snapshot completed, Instant now) {
        return new StopOperation(
                id,
                job,
                attempt,
                wish,
                kind,
                triggerId,
                directory,
                phase,
                Optional.of(completed),
                outcome,
                createdAt,
                now);
    }
}
