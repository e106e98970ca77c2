package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.Archived;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.Overview;
import io.millrace.core.target.Sight;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;
import io.millrace.core.target.SubmitAnswer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Brings one job of one cluster nearer to what people want: read the rows, look, plan, record the intent, act, record
 * the outcome. It has no opinions and keeps nothing that matters: everything that it must not forget is in the rows.
 *
 * <p>Passes over different jobs may run at the same time, passes over one job may not.
 */
public final class Reconciler {
    private static final int MOST_STEPS = 12;

    /** Between two questions why a job does not run. */
    private static final Duration PATIENT = Duration.ofSeconds(2);

    private final AttemptStore store;
    private final FlinkCluster cluster;
    private final JobSubmitter submitter;
    private final String savepoints;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Map<JobId, Absence> absences = new ConcurrentHashMap<>();

    private final Map<JobId, Trouble> troubles = new ConcurrentHashMap<>();

    private record Absence(int attempt, int looks, Instant since) {}

    private record Trouble(FlinkJobId of, Instant asked, Optional<Failure> failure) {}

    /** {@code savepoints} is the folder below which savepoints of this cluster go. */
    public Reconciler(
            AttemptStore store,
            FlinkCluster cluster,
            JobSubmitter submitter,
            String savepoints,
            Clock clock,
            Supplier<UUID> ids) {
        this.store = requireNonNull(store, "store");
        this.cluster = requireNonNull(cluster, "cluster");
        this.submitter = requireNonNull(submitter, "submitter");
        this.savepoints = requireNonNull(savepoints, "savepoints");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
    }

    /**
     * Goes as far as it can without waiting.
     *
     * @param overview a look at the cluster; it may be some moments old
     * @return whether anything changed, so that another look soon is worth it
     * @throws LeaseLostException when another server has taken over
     * @throws io.millrace.core.error.MillraceException CLUSTER_UNAVAILABLE when there was no answer; nothing is lost
     */
    public boolean round(JobId id, Lease lease, Overview overview) {
        Optional<JobState> first = store.load(id);
        Optional<JobState> read = first;
        for (int step = 0; step < MOST_STEPS && read.isPresent(); step++) {
            boolean more = advance(read.get(), lease, overview);
            read = store.load(id);
            if (!more) {
                break;
            }
        }
        return !read.equals(first);
    }

    /** One step; false when the next one has to wait for something, or is another target's to take. */
    private boolean advance(JobState state, Lease lease, Overview overview) {
        boolean elsewhere = !state.spec().target().equals(lease.target());
        if (elsewhere) {
            return false;
        }
        Optional<Sighting> seen = state.live().map(attempt -> look(state, attempt, overview));
        Surroundings around = around(lease);
        Step step = JobPlanner.next(state, seen, around);
        if (step.writes(state) && !commit(lease, state, step)) {
            return true;
        }
        return switch (step.act()) {
            case NONE -> step.writes(state);
            case PREPARE -> commit(lease, state, SubmissionPlanner.begin(state, restorable(state), around));
            case SUBMIT -> submit(step.next(), lease);
            case STOP -> stop(step.next(), lease);
            case POLL_STOP -> poll(step.next(), lease);
            case GATHER -> commit(lease, step.next(), EndPlanner.end(step.next(), gather(step.next(), seen), around));
            case PROVE -> prove(step.next(), lease, false);
            case CHECKPOINT -> prove(step.next(), lease, true);
        };
    }

    private Surroundings around(Lease lease) {
        return new Surroundings(clock.instant(), lease.tag(), savepoints, ids.get());
    }

    /** False when there was nothing to write, or people changed the job meanwhile. */
    private boolean commit(Lease lease, JobState before, Step step) {
        if (!step.writes(before)) {
            return false;
        }
        Failpoints.before(before, step);
        boolean done = store.commit(lease, before, step);
        Failpoints.after(before, step);
        return done;
    }

    private Sighting look(JobState state, Attempt attempt, Overview overview) {
        Optional<FlinkJob> shown = overview.find(attempt.flinkJobId());
        Sight sight = shown.isPresent() ? new Sight(shown, overview.incarnation()) : cluster.find(attempt.flinkJobId());
        if (sight.job().isPresent()) {
            absences.remove(attempt.job());
            return new Sighting(
                    sight.job(),
                    sight.incarnation(),
                    0,
                    Duration.ZERO,
                    trouble(state, sight.job().get()));
        }
        Instant now = clock.instant();
        Absence absence = absences.merge(
                attempt.job(),
                new Absence(attempt.number(), 1, now),
                (before, first) -> before.attempt() == first.attempt()
                        ? new Absence(before.attempt(), before.looks() + 1, before.since())
                        : first);
        Duration absentFor = Duration.between(absence.since(), now);
        return new Sighting(Optional.empty(), sight.incarnation(), absence.looks(), absentFor, Optional.empty());
    }

    /**
     * Asked for now and then while tasks of a job do not run: Flink's own restarts show as a job that runs, without
     * its tasks. One that is on the cluster for the first time has had no trouble for some moments.
     */
    private Optional<Failure> trouble(JobState state, FlinkJob job) {
        boolean restarts = job.status() == FlinkStatus.RESTARTING || job.status() == FlinkStatus.FAILING;
        boolean waits = job.status() == FlinkStatus.RUNNING && state.spec().mode() == JobMode.STREAMING;
        Instant now = clock.instant();
        if (job.runsWholly() || !(restarts || waits)) {
            troubles.remove(state.job().id());
            return Optional.empty();
        }
        Trouble first = new Trouble(job.id(), restarts ? Instant.EPOCH : now, Optional.empty());
        Trouble known = troubles.merge(
                state.job().id(), first, (before, fresh) -> before.of().equals(job.id()) ? before : fresh);
        if (known.asked().plus(PATIENT).isAfter(now)) {
            return known.failure();
        }
        Trouble asked = new Trouble(job.id(), now, cluster.failure(job.id()));
        troubles.put(state.job().id(), asked);
        return asked.failure();
    }

    private boolean restorable(JobState state) {
        return SubmissionPlanner.restore(state)
                .map(path -> !cluster.snapshots(path).isEmpty())
                .orElse(true);
    }

    private boolean submit(JobState state, Lease lease) {
        SubmitAnswer answer = submitter.submit(SubmissionPlanner.submission(state));
        Failpoint.SUBMIT_AFTER_ANSWER.hit();
        commit(lease, state, SubmissionPlanner.answered(state, answer, around(lease)));
        return answer.verdict() == SubmitAnswer.Verdict.DUPLICATE;
    }

    private boolean stop(JobState state, Lease lease) {
        Attempt attempt = state.live().orElseThrow();
        StopOperation open = state.openStop().orElseThrow();
        if (open.kind() == StopKind.CANCEL) {
            cluster.cancel(attempt.flinkJobId());
        } else {
            List<Snapshot> there = cluster.snapshots(open.directory());
            if (!there.isEmpty()) {
                var completed = new StopAnswer(
                        StopAnswer.Progress.COMPLETED, there.get(0).path());
                return commit(lease, state, StopPlanner.answered(state, completed, there, around(lease)));
            }
            cluster.stop(attempt.flinkJobId(), open.triggerId(), open.directory());
        }
        Failpoint.STOP_AFTER_SENT.hit();
        commit(lease, state, StopPlanner.sent(state, around(lease)));
        return false;
    }

    private boolean poll(JobState state, Lease lease) {
        Attempt attempt = state.live().orElseThrow();
        StopOperation open = state.openStop().orElseThrow();
        StopAnswer answer = cluster.stopAnswer(attempt.flinkJobId(), open.triggerId());
        List<Snapshot> there =
                answer.progress() == StopAnswer.Progress.IN_PROGRESS ? List.of() : cluster.snapshots(open.directory());
        commit(lease, state, StopPlanner.answered(state, answer, there, around(lease)));
        return false;
    }

    private Evidence gather(JobState state, Optional<Sighting> seen) {
        Attempt attempt = state.live().orElseThrow();
        List<Snapshot> savepointsOfIt = state.stop()
                .map(stop -> stop.directory().substring(0, stop.directory().lastIndexOf('/')))
                .map(cluster::snapshots)
                .orElse(List.of());
        List<Snapshot> left =
                state.spec().mode() == JobMode.STREAMING ? cluster.checkpoints(attempt.flinkJobId()) : List.of();
        List<Snapshot> requested = cluster.snapshots(SnapshotEntry.requested(savepoints, attempt));
        Optional<FlinkJob> shown = seen.flatMap(Sighting::job);
        if (shown.isPresent()) {
            FlinkStatus status = shown.get().status();
            Optional<Failure> cause =
                    status == FlinkStatus.FAILED ? cluster.failure(attempt.flinkJobId()) : Optional.empty();
            return new Evidence(
                    Optional.of(status), "The cluster showed " + status + ".", cause, savepointsOfIt, left, requested);
        }
        Optional<Archived> archived = cluster.archived(attempt.flinkJobId());
        String source = archived.map(found -> "The cluster's archive says " + found.status() + ".")
                .orElse("The cluster does not know it, and its archive has nothing.");
        return new Evidence(
                archived.map(Archived::status),
                source,
                archived.flatMap(Archived::failure),
                savepointsOfIt,
                left,
                requested);
    }

    private boolean prove(JobState state, Lease lease, boolean ask) {
        Attempt attempt = state.live().orElseThrow();
        List<Snapshot> found = cluster.checkpoints(attempt.flinkJobId());
        if (!found.isEmpty()) {
            Step proof = new Draft(state, clock.instant())
                    .attempt(attempt.has(found.get(found.size() - 1)))
                    .then(Act.NONE);
            commit(lease, state, proof);
        } else if (ask) {
            cluster.checkpoint(attempt.flinkJobId(), attempt.flinkJobId().value());
        }
        return false;
    }
}
