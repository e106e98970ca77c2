package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.Contents;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * One savepoint, or what is left of the checkpoints of an attempt that is over. Outlives its job.
 *
 * <p>Checkpoints of one attempt may share files. Therefore they make one entry, the newest speaks for all, and they go
 * together or not at all.
 *
 * @param target the cluster that keeps it
 * @param directory nothing else lies here, except for what was imported; never ends with a slash
 * @param taken the snapshot itself; present in AVAILABLE, absent in INTENT and REQUESTED
 * @param contents what was in the directory when it was complete; empty until that was looked at
 * @param pinned whether people want it kept whatever happens
 * @param outcome why there is none; empty unless FAILED
 * @param createdAt when it was complete, or asked for
 */
public record SnapshotEntry(
        UUID id,
        TargetName target,
        Provenance of,
        Origin origin,
        String directory,
        Optional<Snapshot> taken,
        Optional<Contents> contents,
        boolean pinned,
        SnapshotPhase phase,
        String outcome,
        Instant createdAt,
        Instant changedAt) {

    /** How it came to be. Names are contract: add, never rename. */
    public enum Origin {
        /** A savepoint with which an attempt was stopped. */
        STOP,
        /** A savepoint that people asked for while the job ran. */
        REQUEST,
        /** The checkpoints that an attempt left behind. */
        CHECKPOINT,
        /** A savepoint that Millrace did not take; its files are not Millrace's to delete. */
        IMPORT
    }

    public SnapshotEntry {
        requireNonNull(id, "id");
        requireNonNull(target, "target");
        requireNonNull(of, "of");
        requireNonNull(origin, "origin");
        requireNonNull(directory, "directory");
        requireNonNull(taken, "taken");
        requireNonNull(contents, "contents");
        requireNonNull(phase, "phase");
        requireNonNull(outcome, "outcome");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
        if (phase.open() ? taken.isPresent() : phase == SnapshotPhase.AVAILABLE && taken.isEmpty()) {
            throw new IllegalArgumentException(phase + " does not go with " + taken);
        }
    }

    /** A savepoint that is to be taken of a live attempt, in a folder of its own. */
    public static SnapshotEntry intend(UUID id, JobState state, String savepoints, Instant now) {
        Attempt attempt = state.live().orElseThrow();
        return new SnapshotEntry(
                id,
                state.spec().target(),
                Provenance.of(state.job(), attempt),
                Origin.REQUEST,
                requested(savepoints, attempt) + "/" + id,
                Optional.empty(),
                Optional.empty(),
                false,
                SnapshotPhase.INTENT,
                "",
                now,
                now);
    }

    /** Where the savepoints lie that people asked for of one attempt; those of its stops are elsewhere. */
    static String requested(String savepoints, Attempt attempt) {
        return savepoints + "/" + attempt.job() + "/" + attempt.number() + "-requested";
    }

    /** The savepoint of a stop; of this one or of an earlier one that came to nothing. */
    static SnapshotEntry stopped(JobState state, Snapshot savepoint, Instant now) {
        return there(state, Origin.STOP, savepoint, now);
    }

    /** The newest checkpoint that an attempt left behind; it speaks for all of them. */
    static SnapshotEntry left(JobState state, Snapshot checkpoint, Instant now) {
        return there(state, Origin.CHECKPOINT, checkpoint, now);
    }

    /** A savepoint from elsewhere, with which the job may begin. */
    public static SnapshotEntry imported(UUID id, TargetName target, Job job, Snapshot savepoint, Instant now) {
        return new SnapshotEntry(
                id,
                target,
                new Provenance(job.workspace().id(), job.id(), job.name(), job.version(), 0),
                Origin.IMPORT,
                savepoint.path(),
                Optional.of(savepoint),
                Optional.empty(),
                false,
                SnapshotPhase.AVAILABLE,
                "",
                now,
                now);
    }

    private static SnapshotEntry there(JobState state, Origin origin, Snapshot taken, Instant now) {
        String directory = taken.path().substring(0, taken.path().lastIndexOf('/'));
        return new SnapshotEntry(
                UUID.nameUUIDFromBytes((state.job().id() + "/" + directory).getBytes(StandardCharsets.UTF_8)),
                state.spec().target(),
                Provenance.of(state.job(), state.attempt().orElseThrow()),
                origin,
                directory,
                Optional.of(taken),
                Optional.empty(),
                false,
                SnapshotPhase.AVAILABLE,
                "",
                now,
                now);
    }

    /** What Flink knows the request for it by, 32 hexadecimal digits: the same request sent twice is one. */
    String triggerId() {
        return HexFormat.of().formatHex(Hashes.sha256("snapshot/" + id), 0, 16);
    }

    /** Whether its files are Millrace's, so that they go with the entry. */
    public boolean owned() {
        return origin != Origin.IMPORT;
    }

    /** Whether a path leads to it, or to what goes with it. */
    public boolean holds(String path) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }

    public SnapshotEntry become(SnapshotPhase next, String what, Instant now) {
        return moved(next, taken, what, now);
    }

    SnapshotEntry available(Snapshot there, Instant now) {
        return moved(SnapshotPhase.AVAILABLE, Optional.of(there), "", now);
    }

    private SnapshotEntry moved(SnapshotPhase next, Optional<Snapshot> there, String what, Instant now) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException("snapshot " + id + ": " + phase + " cannot become " + next);
        }
        return new SnapshotEntry(
                id, target, of, origin, directory, there, contents, pinned, next, what, createdAt, now);
    }

    SnapshotEntry holding(Contents found) {
        return new SnapshotEntry(
                id,
                target,
                of,
                origin,
                directory,
                taken,
                Optional.of(found),
                pinned,
                phase,
                outcome,
                createdAt,
                changedAt);
    }

    /** Whether people want it kept whatever happens. */
    public SnapshotEntry pin(boolean wanted) {
        return new SnapshotEntry(
                id, target, of, origin, directory, taken, contents, wanted, phase, outcome, createdAt, changedAt);
    }
}
