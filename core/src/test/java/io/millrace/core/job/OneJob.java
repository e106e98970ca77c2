package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.testkit.TestClock;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** One job, one server and one cluster, moved by hand. */
final class OneJob {
    final TestClock clock = new TestClock();
    final InMemoryJobs store = new InMemoryJobs();
    final FakeCluster cluster = new FakeCluster();
    Lease lease = store.leases.takeOver(TargetName.LOCAL, "first");
    private Reconciler reconciler = reconciler();

    private Reconciler reconciler() {
        return new Reconciler(store, cluster, cluster, "savepoints", clock, UUID::randomUUID);
    }

    void create(JobMode mode) {
        Job job = Job.create(JobId.create(), WorkspaceRef.DEFAULT, new JobName("job"), clock.instant());
        JobVersion first = new JobVersion(job.id(), 1, Samples.spec(mode), Samples.AUTHOR, "", clock.instant());
        store.create(job, first, JobEvent.of(clock.instant(), EventKind.APPLIED, "Created."));
    }

    /** Writes the next version; what {@link FakeCluster} makes of its script is said there. */
    void edit(String script) {
        Job next = job().edited(clock.instant());
        JobVersion version =
                new JobVersion(next.id(), next.version(), Samples.spec(script), Samples.AUTHOR, "", clock.instant());
        assertThat(store.update(next, Optional.of(version), JobEvent.of(clock.instant(), EventKind.APPLIED, "Edited.")))
                .isTrue();
    }

    ListedJob listed() {
        return store.find(WorkspaceId.DEFAULT, new JobName("job")).orElseThrow();
    }

    Job job() {
        return listed().job();
    }

    void want(Wish wish) {
        JobEvent event = JobEvent.of(clock.instant(), EventKind.START_REQUESTED, "Wanted.");
        assertThat(store.update(job().want(wish, clock.instant()), Optional.empty(), event))
                .isTrue();
    }

    void start() {
        want(job().wish().start(1, StartFrom.LATEST));
    }

    void round() {
        reconciler.round(job().id(), lease, cluster.overview());
    }

    /** The cluster works for a second, then the server looks. */
    void second() {
        cluster.tick();
        clock.advance(Duration.ofSeconds(1));
        round();
    }

    void seconds(int many) {
        for (int i = 0; i < many; i++) {
            second();
        }
    }

    FlinkJobId newest() {
        return attempt().flinkJobId();
    }

    Attempt attempt() {
        return listed().attempt().orElseThrow();
    }

    void running(JobMode mode) {
        create(mode);
        start();
        round();
        cluster.tick();
        round();
        assertThat(job().observed()).isEqualTo(ObservedState.RUNNING);
    }

    void serverRestarts() {
        lease = store.leases.takeOver(TargetName.LOCAL, "next");
        reconciler = reconciler();
    }
}
