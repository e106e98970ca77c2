package io.millrace.core.job;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceRef;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a store of jobs must do to find and list them; the part of {@link JobStoreContract} that is about many jobs. */
abstract class JobListContract {
    static final String SAVEPOINTS = "file:///savepoints";

    protected abstract JobStore jobs();

    protected abstract AttemptStore attempts();

    protected abstract LeaseStore leases();

    protected abstract JobBin bin();

    /** A workspace that is there, besides the one that always is. */
    protected abstract WorkspaceRef other();

    Job create(String name) {
        return create(WorkspaceRef.DEFAULT, name);
    }

    Job create(WorkspaceRef workspace, String name) {
        Job job = Job.create(JobId.create(), workspace, new JobName(name), NOON);
        JobVersion first = new JobVersion(job.id(), 1, Samples.spec(JobMode.STREAMING), Samples.AUTHOR, "", NOON);
        assertThat(jobs().create(job, first, event(EventKind.APPLIED, "Created.")))
                .isTrue();
        return job;
    }

    static JobEvent event(EventKind kind, String reason) {
        return JobEvent.of(NOON, kind, reason);
    }

    Job start(Job job) {
        Job wanted = job.want(job.wish().start(job.version(), StartFrom.LATEST), NOON);
        assertThat(jobs().update(wanted, Optional.empty(), event(EventKind.START_REQUESTED, "Start.")))
                .isTrue();
        return wanted;
    }

    boolean delete(Job job) {
        return delete(job, NOON);
    }

    boolean delete(Job job, Instant at) {
        return bin().put(job, new Deletion(at, "alice"), event(EventKind.DELETED, "Deleted."));
    }

    JobState load(Job job) {
        return attempts().load(job.id()).orElseThrow();
    }

    /** S0, as the reconciler does it. */
    JobState begin(Lease lease, Job job) {
        JobState before = load(job);
        Surroundings around = new Surroundings(NOON, lease.tag(), SAVEPOINTS, UUID.randomUUID());
        assertThat(attempts().commit(lease, before, SubmissionPlanner.begin(before, true, around)))
                .isTrue();
        return load(job);
    }

    Lease lease() {
        return leases().takeOver(TargetName.LOCAL, "test");
    }

    @Test
    void findsWhatWasCreated() {
        Job job = create("orders");

        ListedJob found = jobs().find(WorkspaceId.DEFAULT, job.name()).orElseThrow();

        assertThat(found.job()).isEqualTo(job);
        assertThat(found.newest()).isEqualTo(Samples.spec(JobMode.STREAMING));
        assertThat(found.attempt()).isEmpty();
        assertThat(jobs().find(WorkspaceId.DEFAULT, new JobName("nothing"))).isEmpty();
    }

    @Test
    void aNameIsGivenOnce() {
        create("orders");
        Job second = Job.create(JobId.create(), WorkspaceRef.DEFAULT, new JobName("orders"), NOON);
        JobVersion version = new JobVersion(second.id(), 1, Samples.spec(JobMode.BATCH), Samples.AUTHOR, "", NOON);

        assertThat(jobs().create(second, version, event(EventKind.APPLIED, "Created.")))
                .isFalse();
    }

    @Test
    void jobsOfOneNameInTwoWorkspacesAreTwoJobs() {
        WorkspaceRef other = other();
        Job here = create("orders");
        Job there = create(other, "orders");

        assertThat(jobs().find(WorkspaceId.DEFAULT, here.name()).orElseThrow().job())
                .isEqualTo(here);
        assertThat(jobs().find(other.id(), there.name()).orElseThrow().job()).isEqualTo(there);
        assertThat(List.of(here.fullName(), there.fullName())).containsExactly("default.orders", "other.orders");
        assertThat(load(there).job().workspace()).isEqualTo(other);
    }

    @Test
    void listsWhatIsInSomeWorkspacesButForSomeAndBesides() {
        WorkspaceRef other = other();
        Job a = create("a");
        Job b = create("b");
        Job c = create(other, "a");
        Job d = create(other, "d");
        var all = new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME_DOWN, 0, 10);

        assertThat(fullNames(all)).containsExactly("other.d", "default.b", "default.a", "other.a");
        assertThat(fullNames(all.in(Set.of(other.id()), Set.of(), Set.of()))).containsExactly("other.d", "other.a");
        assertThat(fullNames(all.in(Set.of(WorkspaceId.DEFAULT), Set.of(a.id()), Set.of(c.id()))))
                .containsExactly("default.b", "other.a");
        assertThat(fullNames(all.in(Set.of(), Set.of(), Set.of(b.id(), d.id()))))
                .containsExactly("other.d", "default.b");
        assertThat(fullNames(all.in(Set.of(), Set.of(), Set.of()))).isEmpty();
    }

    private List<String> fullNames(JobFilter filter) {
        return jobs().page(filter).stream()
                .map(listed -> listed.job().fullName())
                .toList();
    }

    @Test
    void listsByStateTextAndOrderInParts() {
        create("b-orders");
        create("a-orders");
        Job other = create("payments");
        begin(lease(), start(other));

        assertThat(names(new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME, 0, 10)))
                .containsExactly("a-orders", "b-orders", "payments");
        assertThat(names(new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME_DOWN, 1, 1)))
                .containsExactly("b-orders");
        assertThat(names(new JobFilter(
                        Set.of(ObservedState.STARTING), Optional.empty(), JobFilter.JobOrder.NAME, 0, 10)))
                .containsExactly("payments");
        assertThat(names(new JobFilter(Set.of(), Optional.of("ORD"), JobFilter.JobOrder.NAME, 0, 10)))
                .containsExactly("a-orders", "b-orders");
        assertThat(names(new JobFilter(Set.of(), Optional.of("%"), JobFilter.JobOrder.NAME, 0, 10)))
                .isEmpty();
        assertThat(names(new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.OBSERVED_DOWN, 0, 10)))
                .containsExactly("payments", "a-orders", "b-orders");
    }

    private List<String> names(JobFilter filter) {
        return jobs().page(filter).stream()
                .map(listed -> listed.job().name().value())
                .toList();
    }

    private void label(Job job, Optional<Owner> owner, String... tags) {
        Labels labels = new Labels(Arrays.stream(tags).map(Tag::new).toList(), owner);
        assertThat(jobs().update(
                                job.labelled(labels, NOON),
                                Optional.empty(),
                                event(EventKind.LABELS_CHANGED, labels.since(job.labels()))))
                .isTrue();
    }

    @Test
    void findsJobsByTheirTagsAndOwners() {
        WorkspaceRef other = other();
        Owner alice = Owner.fromString("alice");
        Owner ops = Owner.fromString("group:alice");
        label(create("a"), Optional.of(alice), "nightly", "team:payments");
        label(create("b"), Optional.of(ops), "nightly");
        label(create(other, "c"), Optional.empty(), "late_100");
        Job gone = create("gone");
        label(gone, Optional.of(alice), "nightly");
        delete(jobs().find(gone.workspace().id(), gone.name()).orElseThrow().job());

        var all = new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME, 0, 10);
        assertThat(names(all.labelled(Set.of(new Tag("nightly")), Optional.empty())))
                .containsExactly("a", "b");
        assertThat(names(all.labelled(Set.of(new Tag("nightly"), new Tag("team:payments")), Optional.empty())))
                .containsExactly("a");
        assertThat(names(all.labelled(Set.of(new Tag("nightly"), new Tag("late_100")), Optional.empty())))
                .isEmpty();
        assertThat(names(all.labelled(Set.of(), Optional.of(alice)))).containsExactly("a");
        assertThat(names(all.labelled(Set.of(new Tag("nightly")), Optional.of(ops))))
                .containsExactly("b");
        assertThat(names(new JobFilter(Set.of(), Optional.of("PAY"), JobFilter.JobOrder.NAME, 0, 10)))
                .containsExactly("a");
        assertThat(names(new JobFilter(Set.of(), Optional.of("group:al"), JobFilter.JobOrder.NAME, 0, 10)))
                .containsExactly("b");
        assertThat(jobs().tags(all).toString()).isEqualTo("{late_100=1, nightly=2, team:payments=1}");
        assertThat(jobs().tags(all.in(Set.of(other.id()), Set.of(), Set.of())).toString())
                .isEqualTo("{late_100=1}");
        assertThat(jobs().tags(all.inBin()).toString()).isEqualTo("{nightly=1}");
    }

    @Test
    void labelsAreOfTheJobAndOfNoVersion() {
        Job job = create("a");
        label(job, Optional.of(Owner.fromString("alice")), "nightly");

        Job labelled =
                jobs().find(WorkspaceId.DEFAULT, job.name()).orElseThrow().job();
        assertThat(labelled.generation()).isEqualTo(2);
        assertThat(labelled.version()).isEqualTo(1);
        assertThat(labelled.labels().tags()).containsExactly(new Tag("nightly"));
        assertThat(load(job).job()).isEqualTo(labelled);
        assertThat(load(start(labelled)).job().labels()).isEqualTo(labelled.labels());
        assertThat(jobs().events(job.id(), Long.MAX_VALUE, 2))
                .extracting(JobEvent::reason)
                .containsExactly("Start.", "Tagged nightly. Owned by alice.");
    }
}
