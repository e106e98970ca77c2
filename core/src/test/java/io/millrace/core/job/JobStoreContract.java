package io.millrace.core.job;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.access.Securable;
import io.millrace.core.sql.ScriptObject;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the stores of jobs must do. Run for the in-memory model here and for the SQL stores in server. */
public abstract class JobStoreContract extends JobListContract {
    @Test
    void keepsEveryPartOfAContent() {
        Job job = create("orders");
        JobSpec full = new JobSpec(
                "INSERT INTO a SELECT 'ü\n' FROM b",
                JobMode.STREAMING,
                new TargetName("other"),
                8,
                Optional.of(Duration.ofMillis(12_345)),
                CheckpointScheduler.SERVER,
                Optional.of("what it is \"for\""),
                Map.of("table.exec.state.ttl", "1 h"));

        List<ScriptObject> objects = List.of(
                new ScriptObject(Securable.Kind.TABLE, "t1", 7, List.of("kafka", "a.b", "ü")),
                new ScriptObject(Securable.Kind.FUNCTION, "f", 1, List.of("kafka", "main", "f"), "sha256:00"));

        jobs().update(
                        job.edited(NOON),
                        Optional.of(new JobVersion(
                                job.id(), 2, full, Samples.AUTHOR, "Läuft\nbesser.", NOON, Optional.of(objects))),
                        event(EventKind.APPLIED, "Version 2."));

        assertThat(jobs().find(WorkspaceId.DEFAULT, job.name()).orElseThrow().newest())
                .isEqualTo(full);
        assertThat(jobs().versions(job.id(), Long.MAX_VALUE, 10))
                .extracting(JobVersion::version, JobVersion::message, JobVersion::objects)
                .containsExactly(tuple(2L, "Läuft\nbesser.", Optional.of(objects)), tuple(1L, "", Optional.empty()));
        assertThat(jobs().versions(job.id(), 2, 10))
                .extracting(JobVersion::version)
                .containsExactly(1L);
    }

    @Test
    void refusesAChangeOfWhatSomebodyElseChanged() {
        Job job = create("orders");
        start(job);

        Job late = job.want(job.wish().stop(true), NOON);

        assertThat(jobs().update(late, Optional.empty(), event(EventKind.STOP_REQUESTED, "Stop.")))
                .isFalse();
        assertThat(jobs().find(WorkspaceId.DEFAULT, job.name())
                        .orElseThrow()
                        .job()
                        .desired())
                .isEqualTo(DesiredState.RUNNING);
        assertThat(jobs().events(job.id(), Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void tellsEventsNewestFirstInParts() {
        Job job = start(create("orders"));

        List<JobEvent> newest = jobs().events(job.id(), Long.MAX_VALUE, 1);

        assertThat(newest).extracting(JobEvent::kind).containsExactly(EventKind.START_REQUESTED);
        assertThat(jobs().events(job.id(), newest.get(0).id(), 10))
                .extracting(JobEvent::kind)
                .containsExactly(EventKind.APPLIED);
    }

    @Test
    void keepsWhoCausedWhatHappened() {
        Lease lease = lease();
        Job job = create("orders");
        Job wanted = job.want(job.wish().start(job.version(), StartFrom.LATEST), NOON);
        JobEvent asked = event(EventKind.START_REQUESTED, "Start.").by("alice");
        assertThat(jobs().update(wanted, Optional.empty(), asked)).isTrue();
        JobState begun = begin(lease, wanted);
        FlinkJobId live = begun.live().orElseThrow().flinkJobId();
        attempts().note(lease, live, event(EventKind.STRAY_CANCELED, "Found.").by("system/reconciler"));

        assertThat(jobs().events(job.id(), Long.MAX_VALUE, 10))
                .extracting(JobEvent::kind, JobEvent::actor)
                .containsExactly(
                        tuple(EventKind.STRAY_CANCELED, "system/reconciler"),
                        tuple(EventKind.STATE_CHANGED, "system/reconciler"),
                        tuple(EventKind.ATTEMPT_STARTED, "system/reconciler"),
                        tuple(EventKind.START_REQUESTED, "alice"),
                        tuple(EventKind.APPLIED, ""));
    }

    @Test
    void aChangeThatWantsNothingLeavesWhatTheReconcilerWroteMeanwhile() {
        Lease lease = lease();
        JobState begun = begin(lease, start(create("orders")));
        Job read = begun.job();
        Patience tired = new Patience(2, Optional.of(NOON));
        Step step = new Draft(begun, NOON).job(read.patience(tired)).then(Act.NONE);
        assertThat(attempts().commit(lease, begun, step)).isTrue();

        Labels labels = new Labels(List.of(new Tag("nightly")), Optional.empty());
        assertThat(jobs().update(read.labelled(labels, NOON), Optional.empty(), event(EventKind.LABELS_CHANGED, "x")))
                .isTrue();

        assertThat(load(read).job().patience()).isEqualTo(tired);
        assertThat(load(read).job().labels()).isEqualTo(labels);
    }

    @Test
    void workIsWhatIsNotAtRest() {
        Job idle = create("idle");
        Job started = start(create("orders"));

        assertThat(attempts().todo(TargetName.LOCAL).jobs())
                .extracting(Work::job)
                .containsExactly(started.id());
        assertThat(attempts().todo(new TargetName("other")).jobs()).isEmpty();

        Job stopped = started.want(started.wish().stop(true), NOON);
        jobs().update(stopped, Optional.empty(), event(EventKind.STOP_REQUESTED, "Stop."));
        jobs().update(
                        idle.edited(NOON),
                        Optional.of(new JobVersion(idle.id(), 2, load(idle).spec(), Samples.AUTHOR, "", NOON)),
                        event(EventKind.APPLIED, "Version 2."));
        assertThat(attempts().todo(TargetName.LOCAL).jobs()).isEmpty();
    }

    @Test
    void keepsEveryPartOfAnAttemptAndItsStop() {
        Lease lease = lease();
        Job job = start(create("orders"));
        JobState begun = begin(lease, job);
        Instant later = NOON.plusSeconds(5);
        Attempt attempt = begun.live()
                .orElseThrow()
                .submitting("jm-1", NOON)
                .submitting("jm-1", later)
                .submitted("jm-2", later)
                .runs(later)
                .has(new Snapshot("file:///chk-1", 7));
        StopOperation stop = StopOperation.intend(
                        UUID.randomUUID(), attempt, job.wish(), StopKind.SAVEPOINT, SAVEPOINTS, NOON)
                .become(StopPhase.REQUESTED, "", later)
                .has(new Snapshot("file:///savepoint-1", 8), later);
        Step step = new Draft(begun, later)
                .attempt(attempt, EventKind.ATTEMPT_SUBMITTED, "There.")
                .stop(stop, EventKind.STOP_STARTED, "Stopping.")
                .observe(ObservedState.STOPPING, "Stopping.")
                .then(Act.NONE);

        assertThat(attempts().commit(lease, begun, step)).isTrue();

        assertThat(load(job)).isEqualTo(step.next());
        JobState open = load(job);
        Step end = new Draft(open, later)
                .closeStop(StopPhase.DONE, "Done.")
                .attempt(attempt.ended(EndCause.STOPPED, "seen", later), EventKind.ATTEMPT_ENDED, "Over.")
                .observe(ObservedState.IDLE, "Over.")
                .then(Act.NONE);
        assertThat(attempts().commit(lease, open, end)).isTrue();
        assertThat(load(job)).isEqualTo(end.next());
        assertThat(jobs().find(WorkspaceId.DEFAULT, job.name()).orElseThrow().attempt())
                .contains(end.next().attempt().orElseThrow());
    }

    @Test
    void keepsWhyAnAttemptFailed() {
        Lease lease = lease();
        JobState begun = begin(lease, start(create("orders")));
        Instant later = NOON.plusSeconds(5);
        Failure first = new Failure(FailureKind.MISSING, "No topic.", "the first", NOON, Optional.empty());
        Failure last = new Failure(FailureKind.DATA, "Bad row.", "the\0last", later, Optional.of(NOON));
        assertThat(attempts().commit(lease, begun, keeping(begun, first, NOON))).isTrue();
        JobId job = begun.job().id();
        assertThat(jobs().exception(job, 1)).contains("the first");
        JobState state = load(begun.job());
        assertThat(attempts().commit(lease, state, keeping(state, last, later))).isTrue();

        assertThat(jobs().exception(job, 1).orElseThrow()).startsWith("the").endsWith("last");
        assertThat(jobs().exception(job, 2)).isEmpty();
        assertThat(jobs().attempts(job, Long.MAX_VALUE, 10))
                .containsExactly(new ListedAttempt(
                        begun.live().orElseThrow(),
                        Optional.of(new ListedAttempt.Why(FailureKind.DATA, "Bad row.", later))));
        assertThat(jobs().attempts(job, 1, 10)).isEmpty();
    }

    private static Step keeping(JobState state, Failure failure, Instant now) {
        return new Draft(state, now)
                .failed(Optional.of(failure))
                .observe(ObservedState.RESTARTING, failure.cause())
                .then(Act.NONE);
    }

    /** The old version runs; what people want now is {@code version}. */
    private JobState replacing(Lease lease, Job job, long version) {
        JobState begun = begin(lease, job);
        Attempt running = begun.live().orElseThrow().submitting("jm-1", NOON).submitted("jm-1", NOON);
        assertThat(attempts()
                        .commit(
                                lease,
                                begun,
                                new Draft(begun, NOON).attempt(running).then(Act.NONE)))
                .isTrue();
        Job edited = job.edited(NOON);
        JobVersion second = new JobVersion(job.id(), 2, Samples.spec("better"), Samples.AUTHOR, "", NOON);
        assertThat(jobs().update(edited, Optional.of(second), event(EventKind.APPLIED, "Edited.")))
                .isTrue();
        Job wanted = edited.want(
                edited.wish().start(version, StartFrom.snapshot("file:///s").dropping()), NOON);
        assertThat(jobs().update(wanted, Optional.empty(), event(EventKind.START_REQUESTED, "Deploy.")))
                .isTrue();
        JobState state = load(job);
        assertThat(state.job().wish()).isEqualTo(wanted.wish());
        Draft draft = new Draft(state, NOON);
        DeploymentPlanner.begin(draft, NOON);
        Step step = draft.then(Act.NONE);
        assertThat(attempts().commit(lease, state, step)).isTrue();
        assertThat(load(job)).isEqualTo(step.next());
        return step.next();
    }

    @Test
    void keepsEveryPartOfADeployment() {
        Lease lease = lease();
        Job job = start(create("orders"));
        JobState open = replacing(lease, job, 2);
        assertThat(attempts().todo(TargetName.LOCAL).jobs())
                .extracting(Work::settled)
                .containsExactly(false);

        Instant later = NOON.plusSeconds(9);
        Deployment back = open.deployment()
                .orElseThrow()
                .verifying(Optional.of("file:///savepoint-1"), later)
                .become(DeploymentPhase.RETURNING, "It failed.", later);
        Attempt ended = open.live().orElseThrow().ended(EndCause.FAILED, "seen", later);
        Step step = new Draft(open, later).attempt(ended).deployment(back).then(Act.NONE);
        assertThat(attempts().commit(lease, open, step)).isTrue();

        JobState next = load(job);
        assertThat(next.deployment()).contains(back);
        assertThat(jobs().find(WorkspaceId.DEFAULT, job.name()).orElseThrow().deployment())
                .contains(back);
        assertThat(next.version()).isEqualTo(1);
        assertThat(next.spec()).as("the version that runs again").isEqualTo(Samples.spec(JobMode.STREAMING));
    }

    @Test
    void aNewWishEndsADeployment() {
        Lease lease = lease();
        Job job = start(create("orders"));
        JobState open = replacing(lease, job, 2);
        Job stopped = open.job().want(open.job().wish().stop(true), NOON);

        assertThat(jobs().update(stopped, Optional.empty(), event(EventKind.STOP_REQUESTED, "Stop.")))
                .isTrue();

        assertThat(load(job).deployment()).isEmpty();
        assertThat(jobs().deployments(job.id(), 10))
                .extracting(Deployment::phase)
                .containsExactly(DeploymentPhase.SUPERSEDED);
    }

    @Test
    void aJobHasOneLiveAttempt() {
        Lease lease = lease();
        JobState begun = begin(lease, start(create("orders")));
        Attempt second = Attempt.intend(begun.job(), 1, 2, lease.tag(), Optional.empty());
        Step step = new Draft(begun, NOON).attempt(second).then(Act.NONE);

        assertThatThrownBy(() -> attempts().commit(lease, begun, step)).isInstanceOf(RuntimeException.class);

        assertThat(load(begun.job()).live()).isEqualTo(begun.live());
    }

    @Test
    void refusesADecisionThatPeopleOvertook() {
        Lease lease = lease();
        Job job = start(create("orders"));
        JobState before = load(job);
        Job stopped = job.want(job.wish().stop(true), NOON);
        jobs().update(stopped, Optional.empty(), event(EventKind.STOP_REQUESTED, "Stop."));

        Surroundings around = new Surroundings(NOON, lease.tag(), SAVEPOINTS, UUID.randomUUID());
        boolean done = attempts().commit(lease, before, SubmissionPlanner.begin(before, true, around));

        assertThat(done).isFalse();
        assertThat(load(job).attempt()).isEmpty();
    }

    @Test
    void whoLostTheLeaseWritesNothing() {
        Lease old = lease();
        Job job = start(create("orders"));
        JobState before = load(job);
        Lease next = leases().takeOver(TargetName.LOCAL, "another");
        Surroundings around = new Surroundings(NOON, old.tag(), SAVEPOINTS, UUID.randomUUID());
        Step step = SubmissionPlanner.begin(before, true, around);

        assertThatThrownBy(() -> attempts().commit(old, before, step)).isInstanceOf(LeaseLostException.class);
        assertThat(attempts().seen(Map.of(old, seen(NOON)))).containsExactly(old);

        assertThat(load(job).attempt()).isEmpty();
        assertThat(jobs().targets()).isEmpty();
        assertThat(next.tag()).as("the tag stays").isEqualTo(old.tag());
    }

    private static TargetSeen seen(Instant at) {
        return new TargetSeen(TargetName.LOCAL, "2.3.0", 16, 15, Optional.of(at), Optional.empty());
    }

    @Test
    void aLiveJobIsSeenWhenItsClusterIs() {
        Lease lease = lease();
        Job idle = create("idle");
        Job job = start(create("orders"));
        begin(lease, job);
        Instant later = NOON.plusSeconds(60);

        assertThat(attempts().seen(Map.of(lease, seen(later)))).isEmpty();
        assertThat(jobs().find(WorkspaceId.DEFAULT, job.name())
                        .orElseThrow()
                        .job()
                        .observation()
                        .seenAt())
                .isEqualTo(later);
        assertThat(jobs().find(WorkspaceId.DEFAULT, idle.name())
                        .orElseThrow()
                        .job()
                        .observation()
                        .seenAt())
                .isEqualTo(NOON);

        var unknown = new TargetSeen(TargetName.LOCAL, "2.3.0", 16, 15, Optional.of(later), Optional.of(later));
        assertThat(attempts().seen(Map.of(lease, unknown))).isEmpty();
        assertThat(jobs().find(WorkspaceId.DEFAULT, job.name())
                        .orElseThrow()
                        .job()
                        .observation()
                        .unknownSince())
                .contains(later);
        assertThat(jobs().targets()).containsExactly(unknown);
    }

    @Test
    void clustersAreSeenTogetherButNotThoseOfAnother() {
        Lease one = leases().takeOver(new TargetName("a"), "one");
        Lease passed = leases().takeOver(new TargetName("b"), "one");
        Lease silent = leases().takeOver(new TargetName("c"), "one");
        leases().takeOver(passed.target(), "another");
        var answers = new TargetSeen(one.target(), "2.3.0", 16, 15, Optional.of(NOON), Optional.empty());
        var taken = new TargetSeen(passed.target(), "2.3.0", 8, 7, Optional.of(NOON), Optional.empty());
        var never = new TargetSeen(silent.target(), "", 0, 0, Optional.empty(), Optional.of(NOON));

        Set<Lease> lost = attempts().seen(Map.of(one, answers, passed, taken, silent, never));

        assertThat(lost).containsExactly(passed);
        assertThat(jobs().targets()).containsExactlyInAnyOrder(answers, never);
    }

    @Test
    void knowsWhichJobIdsAreLive() {
        Lease lease = lease();
        Job job = start(create("orders"));
        FlinkJobId live = begin(lease, job).live().orElseThrow().flinkJobId();
        FlinkJobId foreign = FlinkJobId.of(lease.tag(), UUID.randomUUID(), 1);

        assertThat(attempts().live(Set.of(live, foreign))).containsExactly(live);

        attempts().note(lease, live, event(EventKind.STRAY_CANCELED, "Found."));
        attempts().note(lease, foreign, event(EventKind.STRAY_CANCELED, "Found."));
        assertThat(jobs().events(job.id(), Long.MAX_VALUE, 1))
                .extracting(JobEvent::kind)
                .containsExactly(EventKind.STRAY_CANCELED);
    }
}
