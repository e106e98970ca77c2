package io.millrace.server.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.DesiredState;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobScript;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.job.SnapshotPhase;
import io.millrace.core.job.StartFrom;
import io.millrace.core.job.Wish;
import io.millrace.core.state.Finding;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import io.millrace.server.access.Actors;
import io.millrace.server.access.Guard;
import io.millrace.server.gateway.SqlGateways;
import io.millrace.server.target.Target;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what a start asks for. What could not work is refused here, while whatever runs still runs. */
final class JobStarts {
    private final JobStore store;
    private final SqlGateways gateways;
    private final JobStates states;
    private final AppliedObjects applied;
    private final Map<TargetName, Target> targets;
    private final SnapshotLedger ledger;
    private final Actors actors;

    JobStarts(
            JobStore store,
            SqlGateways gateways,
            JobService.Written written,
            Map<TargetName, Target> targets,
            SnapshotLedger ledger,
            Actors actors) {
        this.store = store;
        this.gateways = gateways;
        this.states = written.states();
        this.applied = written.applied();
        this.targets = Map.copyOf(targets);
        this.ledger = ledger;
        this.actors = actors;
    }

    Set<TargetName> targets() {
        return targets.keySet();
    }

    /**
     * What people ask for.
     *
     * @param version what shall run: of a job that runs, it replaces what does; empty for what runs or, when nothing
     *     does, the newest
     */
    record Start(Optional<Long> version, StartFrom from) {}

    /** Empty when the job does already what is asked for. */
    Optional<Wish> wish(ListedJob listed, Start start) {
        Job job = listed.job();
        boolean runs = job.desired() == DesiredState.RUNNING && !job.observed().parked();
        long version = start.version().orElse(runs ? running(listed) : job.version());
        if (runs && version == running(listed)) {
            if (start.from().mode() == StartFrom.Mode.LATEST) {
                return Optional.empty();
            }
            throw new MillraceException(
                    ErrorCode.JOB_BUSY,
                    "Job '" + job.name() + "' runs version " + version
                            + " already. Stop it, then start it from what you want.");
        }
        JobVersion wanted = version(job, version);
        Guard unused = actors.guard(wanted.author().id(), wanted.author().name());
        wanted.objects().flatMap(objects -> applied.refusal(version, objects)).ifPresent(why -> {
            throw new MillraceException(ErrorCode.JOB_OBJECTS_CHANGED, why, List.of(Flaw.at("/version", why)));
        });
        if (runs) {
            replaceable(listed, wanted);
        }
        start.from().snapshot().ifPresent(path -> check(job, wanted, path));
        boolean goesOn = start.from().mode() == StartFrom.Mode.LATEST
                && (runs || job.restorePath().isPresent());
        if (goesOn && !start.from().partial()) {
            listed.attempt()
                    .filter(last -> last.runningSince().isPresent())
                    .ifPresent(last -> keepsState(job, last.version(), version));
        }
        return Optional.of(job.wish().start(version, start.from()));
    }

    private static long running(ListedJob listed) {
        return listed.attempt()
                .filter(Attempt::live)
                .map(Attempt::version)
                .orElse(listed.job().wish().version());
    }

    private JobVersion version(Job job, long version) {
        return store.versions(job.id(), version + 1, 1).stream()
                .filter(found -> found.version() == version)
                .findFirst()
                .orElseThrow(() -> {
                    String message = "Job '" + job.name() + "' has no version " + version + ".";
                    return new MillraceException(
                            ErrorCode.JOB_VERSION_NOT_FOUND,
                            message,
                            List.of(Flaw.at("/version", message, "It has 1 to " + job.version() + ".")));
                });
    }

    /** With the rights of who wrote the version, as it will run. */
    private void replaceable(ListedJob listed, JobVersion wanted) {
        Job job = listed.job();
        JobMode runs = version(job, running(listed)).spec().mode();
        if (runs == JobMode.BATCH || wanted.spec().mode() == JobMode.BATCH) {
            throw new MillraceException(
                    ErrorCode.JOB_BUSY,
                    "Only a streaming version can replace a running streaming version. Stop the job first.");
        }
        JobScript.check(gateways.of(wanted.author().id()).analyse(wanted.spec().script()));
    }

    /** Flink would refuse the savepoint, after the old version was stopped. */
    private void keepsState(Job job, long from, long to) {
        List<Flaw> dropped = states.compare(job.id(), from, to).findings().stream()
                .filter(finding -> finding.fate() == Finding.Fate.LOST || finding.fate() == Finding.Fate.CHANGED)
                .map(finding -> Flaw.at("/version", finding.operator() + ": " + finding.reason()))
                .toList();
        if (!dropped.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.STATE_INCOMPATIBLE,
                    "Version " + to + " of job '" + job.name() + "' would drop state of version " + from
                            + ". Allow non-restored state to let it go, or begin with empty state.",
                    dropped);
        }
    }

    private void check(Job job, JobVersion wanted, String path) {
        if (wanted.spec().mode() == JobMode.BATCH) {
            throw unusable("A batch job begins with nothing.", "Leave the snapshot out.");
        }
        Target target = targets.get(wanted.spec().target());
        List<SnapshotEntry> entries = ledger.of(job.id(), SnapshotLedger.EVER, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.target().equals(wanted.spec().target()) && entry.holds(path))
                .toList();
        boolean listed = entries.stream()
                .anyMatch(entry -> entry.taken().map(Snapshot::path).equals(Optional.of(path)));
        if (target == null || !(listed || target.keeps(job.id(), path))) {
            throw unusable(
                    "'" + path + "' is no savepoint or checkpoint of this job.",
                    "`millrace snapshot list " + job.name() + "` names those that there are.");
        }
        if (entries.stream().anyMatch(entry -> entry.phase() == SnapshotPhase.DISPOSING)) {
            throw unusable("'" + path + "' is being deleted.", "Take another one.");
        }
        if (target.cluster().snapshots(path).stream()
                .noneMatch(snapshot -> snapshot.path().equals(path))) {
            throw unusable(
                    "There is no complete savepoint or checkpoint at '" + path + "'.", "It may have been deleted.");
        }
    }

    private static MillraceException unusable(String message, String hint) {
        return new MillraceException(ErrorCode.SNAPSHOT_INVALID, message, List.of(Flaw.at("/snapshot", message, hint)));
    }
}
