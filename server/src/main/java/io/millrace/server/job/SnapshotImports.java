package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.server.access.Guard;
import io.millrace.server.target.Target;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Lets a job begin with a savepoint that was not taken of it. What could not work is refused, and nothing is written. */
final class SnapshotImports {
    private final JobService jobs;
    private final SnapshotLedger ledger;
    private final Map<TargetName, Target> targets;
    private final Guard guard;
    private final Clock clock;

    SnapshotImports(JobService jobs, SnapshotLedger ledger, Map<TargetName, Target> targets, Guard guard, Clock clock) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.targets = Map.copyOf(targets);
        this.guard = guard;
        this.clock = clock;
    }

    /** The entry; the one that is there when it was imported before. */
    SnapshotEntry add(JobPath path, String given) {
        ListedJob listed = jobs.get(path);
        Job job = listed.job();
        guard.require(Privilege.ALTER, JobObjects.of(job));
        if (listed.newest().mode() == JobMode.BATCH) {
            throw refused("A batch job begins with nothing.", "Only streaming jobs have savepoints.");
        }
        Target target = targets.get(listed.newest().target());
        if (target == null) {
            throw new MillraceException(
                    ErrorCode.TARGET_NOT_FOUND,
                    "This server does not know the target '" + listed.newest().target() + "'.");
        }
        String place = given.replaceAll("/+$", "");
        mayTake(path, job, target, place);
        Snapshot savepoint = read(target, place);
        Instant now = clock.instant();
        SnapshotEntry wanted = SnapshotEntry.imported(UUID.randomUUID(), target.name(), job, savepoint, now);
        JobEvent event = JobEvent.of(now, EventKind.SNAPSHOT_IMPORTED, "Imported " + place + ".")
                .by(guard.caller());
        return ledger.add(wanted, event).or(() -> known(job, place)).orElseThrow(() -> gone(path, job, place));
    }

    private MillraceException gone(JobPath path, Job job, String place) {
        return jobs.get(path).job().id().equals(job.id())
                ? refused("'" + place + "' is being deleted.", "Take another one.")
                : JobService.missing(path.workspace(), path.name().value());
    }

    private void mayTake(JobPath path, Job job, Target target, String place) {
        if (target.keeps(job.id(), place)) {
            throw refused(
                    "'" + place + "' is a savepoint or checkpoint of this job already.",
                    "Start the job with `--from`; there is nothing to import.");
        }
        if (!target.offers(path.workspace(), place) && !left(job.workspace().id(), target, place)) {
            String folder = target.imports()
                    .map(imports -> "Copy it to a folder below " + imports + "/" + path.workspace() + ".")
                    .orElse("Set millrace.target." + target.name() + ".imports, and copy it below that folder.");
            throw refused("'" + place + "' is nothing that workspace '" + path.workspace() + "' may import.", folder);
        }
    }

    /** What a deleted job of the same workspace left. */
    private boolean left(WorkspaceId workspace, Target target, String place) {
        return ledger.orphans(target.name()).stream()
                .filter(entry -> entry.of().workspace().equals(workspace))
                .anyMatch(entry -> entry.taken().map(Snapshot::path).equals(Optional.of(place)));
    }

    private static Snapshot read(Target target, String place) {
        OptionalInt format = target.cluster().format(place);
        if (format.isEmpty()) {
            throw refused(
                    "There is no complete savepoint at '" + place + "'.",
                    "Name the folder that holds its _metadata; links are not followed.");
        }
        int newest = target.cluster().newestFormat();
        if (format.getAsInt() < 1 || format.getAsInt() > newest) {
            throw refused(
                    "The savepoint at '" + place + "' is written in format " + format.getAsInt()
                            + ", and the cluster reads 1 to " + newest + ".",
                    "Take it again with a version of Flink that is not newer than the cluster's.");
        }
        return target.cluster().snapshots(place).stream()
                .filter(there -> there.path().equals(place))
                .findFirst()
                .orElseThrow(() -> refused("The metadata at '" + place + "' cannot be read.", "Copy it again."));
    }

    private Optional<SnapshotEntry> known(Job job, String place) {
        return ledger.of(job.id(), SnapshotLedger.EVER, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.directory().equals(place))
                .findFirst();
    }

    private static MillraceException refused(String message, String hint) {
        return new MillraceException(ErrorCode.SNAPSHOT_INVALID, message, List.of(Flaw.at("/path", message, hint)));
    }
}
