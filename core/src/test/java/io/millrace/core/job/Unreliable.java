package io.millrace.core.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.Archived;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.Overview;
import io.millrace.core.target.Sight;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;
import io.millrace.core.target.Submission;
import io.millrace.core.target.SubmitAnswer;
import io.millrace.core.target.TargetName;
import io.millrace.core.target.Trial;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** What lies between a server and the world: it dies before or after any call, and answers get lost. */
final class Unreliable implements AttemptStore, FlinkCluster, JobSubmitter {
    /** The server is gone; only what was stored is left. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final InMemoryJobs store;
    private final FakeCluster cluster;
    private final Random random;
    private final Invariants invariants;
    private final Clock clock;
    private final List<Late> late = new ArrayList<>();
    boolean faulty;

    private record Late(Submission submission, Instant at) {}

    Unreliable(InMemoryJobs store, FakeCluster cluster, Random random, Invariants invariants, Clock clock) {
        this.clock = clock;
        this.store = store;
        this.cluster = cluster;
        this.random = random;
        this.invariants = invariants;
    }

    /** Submissions that hung somewhere arrive when their time has come. */
    void deliver() {
        List<Late> due =
                late.stream().filter(one -> !one.at().isAfter(clock.instant())).toList();
        late.removeAll(due);
        for (Late one : due) {
            invariants.arrivesLate(one.submission());
            cluster.submit(one.submission());
        }
    }

    boolean delivers() {
        return !late.isEmpty();
    }

    /** The ledger, as it is seen by a server that may die before or after each question and each commit. */
    SnapshotLedger ledger() {
        return (SnapshotLedger) Proxy.newProxyInstance(
                SnapshotLedger.class.getClassLoader(), new Class<?>[] {SnapshotLedger.class}, (self, method, given) -> {
                    die();
                    Object answer = method.invoke(store.snapshots, given);
                    die();
                    return answer;
                });
    }

    private <T> T maybe(Supplier<T> call) {
        die();
        T answer = call.get();
        die();
        return answer;
    }

    private void die() {
        if (faulty && random.nextInt(60) == 0) {
            throw new Died();
        }
    }

    /** The call may not arrive, or its answer may not. */
    private <T> T remote(Supplier<T> call) {
        if (faulty && random.nextInt(5) == 0) {
            cluster.reachable = true;
        }
        if (faulty && random.nextInt(40) == 0) {
            throw new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, "the request was lost");
        }
        T answer = maybe(call);
        if (faulty && random.nextInt(40) == 0) {
            throw new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, "the answer was lost");
        }
        return answer;
    }

    private void remote(Runnable call) {
        remote(() -> {
            call.run();
            return "";
        });
    }

    @Override
    public SubmitAnswer submit(Submission submission) {
        invariants.submits(submission);
        if (faulty && random.nextInt(15) == 0) {
            late.add(new Late(submission, clock.instant().plusSeconds(random.nextInt(14))));
            die();
            return new SubmitAnswer(SubmitAnswer.Verdict.UNKNOWN, "no answer in time");
        }
        try {
            return remote(() -> cluster.submit(submission));
        } catch (MillraceException e) {
            return new SubmitAnswer(SubmitAnswer.Verdict.UNKNOWN, e.getMessage());
        }
    }

    @Override
    public Overview overview() {
        return remote(cluster::overview);
    }

    @Override
    public Sight find(FlinkJobId job) {
        return remote(() -> cluster.find(job));
    }

    @Override
    public void stop(FlinkJobId job, String triggerId, String directory) {
        invariants.stops(job);
        remote(() -> cluster.stop(job, triggerId, directory));
    }

    @Override
    public void savepoint(FlinkJobId job, String triggerId, String directory) {
        invariants.saves(directory);
        remote(() -> cluster.savepoint(job, triggerId, directory));
    }

    @Override
    public void checkpoint(FlinkJobId job, String triggerId) {
        remote(() -> cluster.checkpoint(job, triggerId));
    }

    @Override
    public OptionalInt format(String location) {
        return cluster.format(location);
    }

    @Override
    public int newestFormat() {
        return cluster.newestFormat();
    }

    @Override
    public List<String> folders() {
        return cluster.folders();
    }

    @Override
    public Optional<Contents> contents(String directory) {
        return remote(() -> cluster.contents(directory));
    }

    @Override
    public void delete(String directory) {
        invariants.deletes(directory);
        remote(() -> cluster.delete(directory));
    }

    @Override
    public StopAnswer stopAnswer(FlinkJobId job, String triggerId) {
        return remote(() -> cluster.stopAnswer(job, triggerId));
    }

    @Override
    public void cancel(FlinkJobId job) {
        invariants.stops(job);
        remote(() -> cluster.cancel(job));
    }

    @Override
    public SubmitAnswer prove(Trial trial) {
        return remote(() -> cluster.prove(trial));
    }

    @Override
    public Optional<String> restored(FlinkJobId job) {
        return remote(() -> cluster.restored(job));
    }

    @Override
    public Optional<Failure> failure(FlinkJobId job) {
        return remote(() -> cluster.failure(job));
    }

    @Override
    public Optional<Archived> archived(FlinkJobId job) {
        return remote(() -> cluster.archived(job));
    }

    @Override
    public List<Snapshot> snapshots(String location) {
        return remote(() -> cluster.snapshots(location));
    }

    @Override
    public List<Snapshot> checkpoints(FlinkJobId job) {
        return remote(() -> cluster.checkpoints(job));
    }

    @Override
    public Todo todo(TargetName target) {
        return store.todo(target);
    }

    @Override
    public Optional<JobState> load(JobId job) {
        return store.load(job);
    }

    @Override
    public boolean commit(Lease lease, JobState before, Step step) {
        return maybe(() -> store.commit(lease, before, step));
    }

    @Override
    public Set<FlinkJobId> live(Set<FlinkJobId> ids) {
        return store.live(ids);
    }

    @Override
    public void note(Lease lease, FlinkJobId id, JobEvent event) {
        store.note(lease, id, event);
    }

    @Override
    public Set<Lease> seen(Map<Lease, TargetSeen> sightings) {
        return store.seen(sightings);
    }
}
