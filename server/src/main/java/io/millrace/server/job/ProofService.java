package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.Proof;
import io.millrace.core.job.ProofStore;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.job.SnapshotPhase;
import io.millrace.core.state.Compatibility;
import io.millrace.core.state.Finding;
import io.millrace.core.state.StateOperator;
import io.millrace.core.state.Verdict;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Use cases on proofs. Records what people want; the loop does the work. */
final class ProofService {
    private final JobService jobs;
    private final SnapshotService snapshots;
    private final Stores stores;
    private final JobService.Callers callers;
    private final Consumer<TargetName> wake;
    private final Clock clock;

    /** What is kept. */
    record Stores(ProofStore proofs, SnapshotLedger ledger) {}

    /**
     * What is to be restored.
     *
     * @param entry in the ledger; empty when the ledger does not have it, or when a savepoint is still to be taken
     * @param path empty when a savepoint is to be taken
     * @param version which one wrote it; empty when nobody knows
     */
    private record Origin(Optional<SnapshotEntry> entry, Optional<String> path, Optional<Long> version) {}

    ProofService(
            JobService jobs,
            SnapshotService snapshots,
            Stores stores,
            JobService.Callers callers,
            Consumer<TargetName> wake,
            Clock clock) {
        this.jobs = jobs;
        this.snapshots = snapshots;
        this.stores = stores;
        this.callers = callers;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Records that it is to be tried whether a version can go on from a snapshot.
     *
     * @param snapshot its id or its path; empty for a savepoint of the running job, which is taken for it, or for what
     *     the next start would go on from
     * @param key names the request: the same request again is one
     */
    Proof prove(JobPath path, long version, Optional<String> snapshot, Optional<UUID> key) {
        ListedJob listed = jobs.get(path);
        Job job = listed.job();
        callers.guard().require(Privilege.OPERATE, JobObjects.of(job));
        Optional<Proof> before = key.flatMap(stores.proofs()::find);
        if (before.isPresent()) {
            return before.filter(proof -> proof.what().job().equals(job.id()))
                    .orElseThrow(() -> new MillraceException(
                            ErrorCode.REQUEST_INVALID,
                            "The Idempotency-Key names a proof of another job; take a new UUID."));
        }
        JobVersion wanted = provable(path, job, version);
        Origin origin = origin(listed, wanted, snapshot);
        Proof.What what = what(job, wanted, origin, compared(path, version, origin));
        Instant now = clock.instant();
        Proof proof = proof(key.orElseGet(UUID::randomUUID), path, what, origin, now);
        JobEvent asked = JobEvent.of(now, EventKind.PROOF_REQUESTED, "Proof of version " + version + " asked for.")
                .by(callers.guard().caller());
        if (!stores.proofs().add(proof, asked)) {
            throw busy(path);
        }
        wake.accept(what.target());
        return proof;
    }

    private JobVersion provable(JobPath path, Job job, long version) {
        JobVersion wanted = version(path, version);
        if (wanted.spec().mode() == JobMode.BATCH) {
            throw unusable("A batch job begins with nothing, so there is nothing to prove.", "Deploy it.");
        }
        if (stores.proofs().of(job.id(), SnapshotLedger.EVER, 1).stream().anyMatch(Proof::open)) {
            throw busy(path);
        }
        return wanted;
    }

    private Proof.What what(Job job, JobVersion wanted, Origin origin, Compatibility compared) {
        return new Proof.What(
                job.id(),
                job.fullName(),
                wanted.spec().target(),
                origin.version().orElse(0L),
                wanted.version(),
                compared.verdict() == Verdict.PARTIAL,
                Math.toIntExact(compared.findings().stream()
                        .filter(finding -> finding.fate() == Finding.Fate.KEPT
                                && !finding.role().equals(StateOperator.SINK))
                        .count()),
                callers.author().get().name());
    }

    private Proof proof(UUID id, JobPath path, Proof.What what, Origin origin, Instant now) {
        if (origin.entry().isPresent()) {
            return Proof.of(id, what, origin.entry().get(), now);
        }
        return origin.path()
                .map(place -> Proof.of(id, what, place, now))
                .orElseGet(() -> Proof.of(
                        id, what, snapshots.trigger(path, Optional.empty()).entry(), now));
    }

    private JobVersion version(JobPath path, long version) {
        return jobs.versions(path, version + 1, 1).stream()
                .filter(found -> found.version() == version)
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.JOB_VERSION_NOT_FOUND, "Job '" + path.name() + "' has no version " + version + "."));
    }

    private Origin origin(ListedJob listed, JobVersion wanted, Optional<String> snapshot) {
        Job job = listed.job();
        List<SnapshotEntry> ledger = stores.ledger().of(job.id(), SnapshotLedger.EVER, Integer.MAX_VALUE);
        if (snapshot.isPresent()) {
            return named(ledger, wanted, snapshot.get(), job);
        }
        Optional<Attempt> live = listed.attempt().filter(Attempt::live);
        if (live.isPresent()) {
            return new Origin(
                    Optional.empty(), Optional.empty(), Optional.of(live.get().version()));
        }
        String path = job.restorePath()
                .orElseThrow(() -> unusable(
                        "Job '" + job.name() + "' has no savepoint or checkpoint to go on from.",
                        "It would start with empty state."));
        return ledger.stream()
                .filter(entry -> is(entry, path))
                .map(entry -> of(entry, wanted))
                .findFirst()
                .orElseGet(() -> new Origin(
                        Optional.empty(), Optional.of(path), listed.attempt().map(Attempt::version)));
    }

    private static Origin named(List<SnapshotEntry> ledger, JobVersion wanted, String text, Job job) {
        return ledger.stream()
                .filter(entry -> entry.id().toString().equals(text) || is(entry, text))
                .map(entry -> of(entry, wanted))
                .findFirst()
                .orElseThrow(() -> unusable(
                        "'" + text + "' is no savepoint or checkpoint of this job.",
                        "`millrace snapshot list " + job.name() + "` names those that there are."));
    }

    private static boolean is(SnapshotEntry entry, String path) {
        return entry.taken().map(Snapshot::path).equals(Optional.of(path));
    }

    private static Origin of(SnapshotEntry entry, JobVersion wanted) {
        if (entry.phase() != SnapshotPhase.AVAILABLE) {
            throw unusable("Snapshot '" + entry.id() + "' is " + entry.phase() + ".", "Take one that is AVAILABLE.");
        }
        if (!entry.target().equals(wanted.spec().target())) {
            throw unusable(
                    "The snapshot is kept by target '" + entry.target() + "', and the version runs on '"
                            + wanted.spec().target() + "'.",
                    "Take one of that target.");
        }
        boolean ours = entry.origin() != SnapshotEntry.Origin.IMPORT;
        return new Origin(
                Optional.of(entry),
                entry.taken().map(Snapshot::path),
                ours ? Optional.of(entry.of().version()) : Optional.empty());
    }

    /** What a comparison rules out is not tried; what it cannot tell is. */
    private Compatibility compared(JobPath path, long version, Origin origin) {
        Compatibility compared = origin.version()
                .map(from -> jobs.compare(path, version, Optional.of(from)).result())
                .orElseGet(() -> Compatibility.unknown("Nobody knows which version wrote the snapshot."));
        if (compared.verdict() == Verdict.INCOMPATIBLE) {
            throw new MillraceException(
                    ErrorCode.STATE_INCOMPATIBLE,
                    "Version " + version + " of job '" + path.name() + "' is not tried, for a comparison with version "
                            + origin.version().orElse(0L) + " rules it out: " + compared.reason(),
                    compared.findings().stream()
                            .filter(finding ->
                                    finding.fate() == Finding.Fate.CHANGED || finding.fate() == Finding.Fate.LOST)
                            .map(finding -> Flaw.at("/version", finding.operator() + ": " + finding.reason()))
                            .toList());
        }
        return compared;
    }

    /** Newest first, those older than {@code before}. */
    List<Proof> list(JobPath path, Instant before, int limit) {
        return stores.proofs().of(jobs.get(path).job().id(), before, limit);
    }

    Proof get(JobPath path, String id) {
        Job job = jobs.get(path).job();
        return SnapshotService.uuid(id)
                .flatMap(stores.proofs()::find)
                .filter(proof -> proof.what().job().equals(job.id()))
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.PROOF_NOT_FOUND, "Job '" + job.name() + "' has no proof '" + id + "'."));
    }

    private static MillraceException busy(JobPath path) {
        return new MillraceException(
                ErrorCode.JOB_BUSY,
                "A proof of job '" + path + "' is under way, or its snapshot is being deleted; wait until it is over.");
    }

    private static MillraceException unusable(String message, String hint) {
        return new MillraceException(ErrorCode.SNAPSHOT_INVALID, message, List.of(Flaw.at("/snapshot", message, hint)));
    }
}
