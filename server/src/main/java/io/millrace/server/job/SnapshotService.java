package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Failpoint;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.JobState;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.job.SnapshotPhase;
import io.millrace.core.job.SnapshotReference;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import io.millrace.server.access.Guard;
import io.millrace.server.target.Target;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Use cases on the savepoints and retained checkpoints of a job. Records what people want; the loop does the work. */
final class SnapshotService {
    private final JobService jobs;
    private final AttemptStore attempts;
    private final SnapshotLedger ledger;
    private final Map<TargetName, Target> targets;
    private final Guard guard;
    private final Consumer<TargetName> wake;
    private final Clock clock;

    SnapshotService(
            JobService jobs,
            AttemptStore attempts,
            SnapshotLedger ledger,
            Map<TargetName, Target> targets,
            Guard guard,
            Consumer<TargetName> wake,
            Clock clock) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.ledger = ledger;
        this.targets = Map.copyOf(targets);
        this.guard = guard;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * An entry and what is known of it now.
     *
     * @param problem why a job cannot begin with it; empty when one can
     */
    record Listed(SnapshotEntry entry, Set<SnapshotReference> references, Optional<String> problem) {}

    /** Newest first, those older than {@code before}. */
    List<Listed> list(JobPath path, Instant before, int limit) {
        return listed(ledger.of(jobs.get(path).job().id(), before, limit));
    }

    Listed get(JobPath path, String id) {
        return listed(List.of(entry(jobs.get(path).job(), id))).get(0);
    }

    private List<Listed> listed(List<SnapshotEntry> entries) {
        Map<UUID, Set<SnapshotReference>> references = ledger.references(entries);
        return entries.stream()
                .map(entry -> new Listed(entry, references.getOrDefault(entry.id(), Set.of()), problem(entry)))
                .toList();
    }

    private SnapshotEntry entry(Job job, String id) {
        return uuid(id).flatMap(ledger::find)
                .filter(entry -> entry.of().job().equals(job.id()))
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.SNAPSHOT_NOT_FOUND, "Job '" + job.name() + "' has no snapshot '" + id + "'."));
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Looks at the files. */
    Optional<String> problem(SnapshotEntry entry) {
        return switch (entry.phase()) {
            case INTENT, REQUESTED -> Optional.of("It is being taken.");
            case FAILED -> Optional.of(entry.outcome());
            case DISPOSING -> Optional.of("It is being deleted.");
            case AVAILABLE -> damage(entry);
        };
    }

    private Optional<String> damage(SnapshotEntry entry) {
        Target target = targets.get(entry.target());
        String path = entry.taken().map(Snapshot::path).orElseThrow();
        if (target == null) {
            return Optional.of("This server does not know the target '" + entry.target() + "'.");
        }
        if (target.cluster().snapshots(path).stream()
                .noneMatch(there -> there.path().equals(path))) {
            return Optional.of("Its metadata is missing or cannot be read.");
        }
        return entry.contents()
                .filter(had -> target.cluster()
                        .contents(entry.directory())
                        .filter(has -> has.files() >= had.files() && has.bytes() >= had.bytes())
                        .isEmpty())
                .map(had -> "Some of its " + had.files() + " files are missing or shorter than they were.");
    }

    /**
     * Records that a savepoint of the running job is to be taken.
     *
     * @param key names the request: the same request again is one
     */
    Listed trigger(JobPath path, Optional<UUID> key) {
        Job job = jobs.get(path).job();
        guard.require(Privilege.OPERATE, JobObjects.of(job));
        Optional<SnapshotEntry> before = key.flatMap(ledger::find);
        if (before.isPresent()) {
            return listed(List.of(before.filter(entry -> entry.of().job().equals(job.id()))
                            .orElseThrow(() -> new MillraceException(
                                    ErrorCode.REQUEST_INVALID,
                                    "The Idempotency-Key names a snapshot of another job; take a new UUID."))))
                    .get(0);
        }
        JobState state = attempts.load(job.id())
                .orElseThrow(
                        () -> JobService.missing(path.workspace(), path.name().value()));
        if (state.spec().mode() == JobMode.BATCH) {
            throw unusable("A batch job has no state to save.", "Only streaming jobs have savepoints.");
        }
        if (state.attempt().filter(attempt -> attempt.live()).isEmpty()) {
            throw new MillraceException(
                    ErrorCode.JOB_BUSY,
                    "Job '" + path + "' is " + job.observed() + ": a savepoint can be taken of a job that runs.");
        }
        Target target = target(state.spec().target());
        SnapshotEntry wanted =
                SnapshotEntry.intend(key.orElseGet(UUID::randomUUID), state, target.savepoints(), clock.instant());
        JobEvent asked = JobEvent.of(wanted.createdAt(), EventKind.SAVEPOINT_REQUESTED, "Savepoint asked for.")
                .by(guard.caller());
        SnapshotEntry stored = ledger.add(wanted, asked)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.JOB_BUSY,
                        "A savepoint of job '" + path + "' is being taken; wait until it is complete."));
        Failpoint.SNAPSHOT_AFTER_INTENT.hit();
        wake.accept(target.name());
        return listed(List.of(stored)).get(0);
    }

    private Target target(TargetName name) {
        return Optional.ofNullable(targets.get(name))
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.TARGET_NOT_FOUND, "This server does not know the target '" + name + "'."));
    }

    /** What is pinned stays, whatever the policy says. */
    Listed pin(JobPath path, String id, boolean wanted) {
        Job job = jobs.get(path).job();
        guard.require(Privilege.OPERATE, JobObjects.of(job));
        if (!ledger.pin(entry(job, id).id(), wanted)) {
            throw unusable("Snapshot '" + id + "' is being deleted.", "Pin it earlier the next time.");
        }
        return get(path, id);
    }

    /** Records that it is to be deleted; of what was imported only the entry goes. */
    Listed dispose(JobPath path, String id) {
        Job job = jobs.get(path).job();
        guard.require(Privilege.ALTER, JobObjects.of(job));
        SnapshotEntry entry = entry(job, id);
        if (!ledger.dispose(entry.id(), clock.instant())) {
            throw inUse(get(path, id));
        }
        Failpoint.DISPOSAL_AFTER_INTENT.hit();
        wake.accept(entry.target());
        return listed(List.of(ledger.find(entry.id())
                        .orElseGet(() -> entry.phase() == SnapshotPhase.DISPOSING
                                ? entry
                                : entry.become(SnapshotPhase.DISPOSING, "", clock.instant()))))
                .get(0);
    }

    private static MillraceException inUse(Listed listed) {
        String why =
                listed.references().stream().map(SnapshotReference::sentence).collect(Collectors.joining(", and "));
        String remedy = listed.entry().pinned() ? "Unpin it first." : "Try again when that is no longer so.";
        String what = listed.entry().pinned() ? "it is pinned" + (why.isEmpty() ? "" : ", and " + why) : why;
        return new MillraceException(
                ErrorCode.SNAPSHOT_IN_USE, "Snapshot '" + listed.entry().id() + "' must stay: " + what + ". " + remedy);
    }

    private static MillraceException unusable(String message, String hint) {
        return new MillraceException(ErrorCode.SNAPSHOT_INVALID, message, List.of(Flaw.at("/path", message, hint)));
    }
}
