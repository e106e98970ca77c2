package io.millrace.core.job;

import static io.millrace.core.job.JobBin.Restored.DONE;
import static io.millrace.core.job.JobBin.Restored.GONE;
import static io.millrace.core.job.JobBin.Restored.NAME_TAKEN;
import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceRef;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the bin must do beside the other stores of jobs. */
public abstract class JobBinContract extends JobListContract {
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final JobEvent RESTORED = event(EventKind.RESTORED, "Restored.");

    private Optional<ListedJob> find(Job job) {
        return jobs().find(job.workspace().id(), job.name());
    }

    private List<JobId> listed(boolean deleted) {
        var filter = new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.CHANGED_DOWN, 0, 10);
        return jobs().page(deleted ? filter.inBin() : filter).stream()
                .map(listed -> listed.job().id())
                .toList();
    }

    @Test
    void takesOnlyWhatIsAtRestAndUnchanged() {
        Job job = create("orders");
        Job started = start(job);

        assertThat(delete(job)).as("changed meanwhile").isFalse();
        assertThat(delete(started)).as("not at rest").isFalse();

        assertThat(find(job)).isPresent();
        assertThat(bin().find(job.id())).isEmpty();
    }

    @Test
    void keepsAJobWithItsHistoryAndNotItsName() {
        Job old = create("orders");

        assertThat(delete(old, LATER)).isTrue();

        assertThat(find(old)).isEmpty();
        assertThat(listed(false)).isEmpty();
        assertThat(listed(true)).containsExactly(old.id());
        ListedJob kept = bin().find(old.id()).orElseThrow();
        assertThat(kept.deletion()).contains(new Deletion(LATER, "alice"));
        assertThat(kept.job()).isEqualTo(old.deleted(LATER));
        assertThat(jobs().events(old.id(), Long.MAX_VALUE, 10))
                .extracting(JobEvent::kind)
                .containsExactly(EventKind.DELETED, EventKind.APPLIED);
        assertThat(jobs().versions(old.id(), Long.MAX_VALUE, 10)).hasSize(1);

        Job next = create("orders");
        assertThat(find(old).orElseThrow().job().id()).isEqualTo(next.id());
        assertThat(listed(false)).containsExactly(next.id());
    }

    @Test
    void nothingIsDoneWithWhatIsInIt() {
        Job job = create("orders");
        delete(job);
        Job deleted = bin().find(job.id()).orElseThrow().job();

        Job started = deleted.want(deleted.wish().start(1, StartFrom.LATEST), NOON);

        assertThat(jobs().update(started, Optional.empty(), event(EventKind.START_REQUESTED, "Start.")))
                .isFalse();
        assertThat(delete(deleted)).as("a second time").isFalse();
        assertThat(attempts().todo(TargetName.LOCAL).jobs()).isEmpty();
    }

    @Test
    void tellsTheLastOfAName() {
        Job first = create("orders");
        delete(first);
        Job second = create("orders");
        delete(second, LATER);
        Job elsewhere = create(other(), "orders");
        delete(elsewhere, LATER.plusSeconds(1));
        create("orders");

        assertThat(jobs().lastDeleted(WorkspaceId.DEFAULT, first.name())
                        .orElseThrow()
                        .job()
                        .id())
                .isEqualTo(second.id());
        assertThat(jobs().lastDeleted(WorkspaceId.DEFAULT, new JobName("others")))
                .isEmpty();
        assertThat(listed(true)).containsExactly(elsewhere.id(), second.id(), first.id());
    }

    @Test
    void restoresUnderAFreeName() {
        Job old = create("orders");
        delete(old, LATER);
        create("orders");
        Job deleted = bin().find(old.id()).orElseThrow().job();

        assertThat(bin().restore(deleted.restored(old.name(), LATER), RESTORED)).isEqualTo(NAME_TAKEN);
        Job renamed = deleted.restored(new JobName("orders-old"), LATER);
        assertThat(bin().restore(renamed, RESTORED)).isEqualTo(DONE);
        assertThat(bin().restore(renamed, RESTORED)).as("it is out").isEqualTo(GONE);

        ListedJob there = find(renamed).orElseThrow();
        assertThat(there.job()).isEqualTo(renamed);
        assertThat(there.deletion()).isEmpty();
        assertThat(listed(true)).isEmpty();
        assertThat(jobs().events(old.id(), Long.MAX_VALUE, 1))
                .extracting(JobEvent::kind)
                .containsExactly(EventKind.RESTORED);
        start(renamed);
        assertThat(attempts().todo(TargetName.LOCAL).jobs())
                .extracting(Work::job)
                .containsExactly(old.id());
    }

    @Test
    void restoresOnlyWhatWasRead() {
        Job job = create("orders");
        delete(job);
        Job deleted = bin().find(job.id()).orElseThrow().job();
        bin().restore(deleted.restored(job.name(), LATER), RESTORED);
        delete(find(job).orElseThrow().job());

        assertThat(bin().restore(deleted.restored(job.name(), LATER), RESTORED)).isEqualTo(GONE);
    }

    @Test
    void theNameIsTakenInItsWorkspaceAlone() {
        WorkspaceRef other = other();
        Job job = create("orders");
        delete(job);
        create(other, "orders");

        Job back = bin().find(job.id()).orElseThrow().job().restored(job.name(), LATER);

        assertThat(bin().restore(back, RESTORED)).isEqualTo(DONE);
    }

    @Test
    void forgetsWhatIsPurged() {
        Job there = create("there");
        Job job = create("orders");
        delete(job);

        assertThat(bin().purge(there.id())).as("it is not in the bin").isFalse();
        assertThat(bin().purge(job.id())).isTrue();
        assertThat(bin().purge(job.id())).isFalse();

        assertThat(attempts().load(job.id())).isEmpty();
        assertThat(listed(true)).isEmpty();
        assertThat(listed(false)).containsExactly(there.id());
    }

    @Test
    void forgetsWhatIsOldInParts() {
        create("there");
        for (String name : List.of("a", "b", "c")) {
            delete(create(name));
        }
        Job young = create("young");
        delete(young, LATER);

        assertThat(bin().purge(LATER, 2)).isEqualTo(2);
        assertThat(bin().purge(LATER, 2)).isEqualTo(1);
        assertThat(bin().purge(LATER, 2)).isZero();

        assertThat(listed(true)).containsExactly(young.id());
        assertThat(listed(false)).hasSize(1);
    }
}
