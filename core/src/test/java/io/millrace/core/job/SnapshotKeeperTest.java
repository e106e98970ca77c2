package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The ledger beside one job: what is written down, what must stay and what goes. */
class SnapshotKeeperTest {
    private final OneJob job = new OneJob();
    private final InMemorySnapshots ledger = job.store.snapshots;
    private final SnapshotKeeper keeper = new SnapshotKeeper(ledger, job.store, job.cluster, job.clock);

    private void round() {
        ledger.due(TargetName.LOCAL).forEach(entry -> keeper.round(entry.id(), job.lease, job.cluster.overview()));
    }

    private JobState state() {
        return job.store.load(job.job().id()).orElseThrow();
    }

    private SnapshotEntry take() {
        UUID id = UUID.randomUUID();
        JobEvent asked = JobEvent.of(job.clock.instant(), EventKind.SAVEPOINT_REQUESTED, "Asked.");
        assertThat(ledger.add(SnapshotEntry.intend(id, state(), "savepoints", job.clock.instant()), asked))
                .isPresent();
        round();
        job.second();
        round();
        return ledger.find(id).orElseThrow();
    }

    private Set<SnapshotReference> references(SnapshotEntry entry) {
        return ledger.references(List.of(entry)).get(entry.id());
    }

    private SnapshotEntry newest() {
        return ledger.of(job.job().id(), SnapshotLedger.EVER, 1).get(0);
    }

    @Test
    void takesASavepointAndTheJobGoesOn() {
        job.running(JobMode.STREAMING);

        SnapshotEntry taken = take();

        assertThat(taken.phase()).isEqualTo(SnapshotPhase.AVAILABLE);
        assertThat(taken.contents()).isPresent();
        assertThat(job.job().observed()).isEqualTo(ObservedState.RUNNING);
        assertThat(job.cluster.snapshots(taken.directory())).hasSize(1);
    }

    @Test
    void anEndWithoutACheckpointGoesOnFromASavepointThatPeopleAskedFor() {
        job.running(JobMode.STREAMING);
        SnapshotEntry taken = take();

        job.want(job.job().wish().stop(false));
        job.seconds(3);

        assertThat(job.job().restorePath()).isEqualTo(taken.taken().map(snapshot -> snapshot.path()));
        assertThat(references(taken)).containsExactly(SnapshotReference.NEXT_START);
    }

    @Test
    void aStopIsWrittenDownAndStaysForTheNextStart() {
        job.running(JobMode.STREAMING);
        job.want(job.job().wish().stop(true));
        job.seconds(3);

        SnapshotEntry stopped = newest();

        assertThat(stopped.origin()).isEqualTo(SnapshotEntry.Origin.STOP);
        assertThat(stopped.taken().map(snapshot -> snapshot.path()))
                .isEqualTo(job.job().restorePath());
        assertThat(references(stopped)).containsExactly(SnapshotReference.NEXT_START);
        assertThat(ledger.dispose(stopped.id(), job.clock.instant())).isFalse();

        job.start();
        job.seconds(2);
        assertThat(references(stopped)).contains(SnapshotReference.ATTEMPT, SnapshotReference.NEXT_START);
    }

    @Test
    void whatAnAttemptLeavesIsOneEntryAndGoesAltogether() {
        job.running(JobMode.STREAMING);
        job.cluster.checkpoint(job.newest());
        job.want(job.job().wish().stop(false));
        job.seconds(3);
        SnapshotEntry left = newest();
        job.want(job.job().wish().start(1, StartFrom.EMPTY));
        job.seconds(2);

        assertThat(left.origin()).isEqualTo(SnapshotEntry.Origin.CHECKPOINT);
        assertThat(left.directory())
                .endsWith("/" + job.store.attempts(job.job().id()).get(0).flinkJobId());
        assertThat(ledger.dispose(left.id(), job.clock.instant())).isTrue();
        round();
        assertThat(ledger.find(left.id())).isEmpty();
        assertThat(job.cluster.snapshots(left.directory())).isEmpty();
    }

    @Test
    void checkpointsThatFlinkIsAboutToDeleteAreNotWrittenDown() {
        job.cluster.deletesLate = true;
        job.running(JobMode.STREAMING);
        job.cluster.checkpoint(job.newest());
        job.want(job.job().wish().stop(true));
        job.seconds(3);

        assertThat(job.cluster.checkpoints(job.newest())).isNotEmpty();
        assertThat(ledger.all()).extracting(SnapshotEntry::origin).containsExactly(SnapshotEntry.Origin.STOP);
    }

    @Test
    void whatAnAttemptLeavesIsMeasuredWhenFlinkHasRemovedTheRest() {
        job.running(JobMode.STREAMING);
        job.cluster.checkpoint(job.newest());
        job.want(job.job().wish().stop(false));
        job.seconds(3);
        round();
        assertThat(newest().contents()).isEmpty();

        job.seconds(10);
        round();
        assertThat(newest().contents()).isPresent();
    }

    @Test
    void theNewestOfTheRunningAttemptStaysAndTheOneBeforeMayGo() {
        job.running(JobMode.STREAMING);
        SnapshotEntry first = take();
        SnapshotEntry second = take();

        assertThat(references(first)).isEmpty();
        assertThat(references(second)).containsExactly(SnapshotReference.NEWEST);
        assertThat(ledger.dispose(second.id(), job.clock.instant())).isFalse();
        assertThat(ledger.dispose(first.id(), job.clock.instant())).isTrue();
    }

    @Test
    void aWishThatBeginsWithWhatIsBeingDeletedIsRefused() {
        job.running(JobMode.STREAMING);
        SnapshotEntry first = take();
        take();
        ledger.dispose(first.id(), job.clock.instant());
        Wish wish = job.job()
                .wish()
                .start(1, StartFrom.snapshot(first.taken().orElseThrow().path()));

        JobEvent event = JobEvent.of(job.clock.instant(), EventKind.START_REQUESTED, "Wanted.");
        assertThat(job.store.update(job.job().want(wish, job.clock.instant()), Optional.empty(), event))
                .isFalse();
    }

    @Test
    void thePolicyKeepsTheNewestWhatIsPinnedAndWhatIsNeeded() {
        job.running(JobMode.STREAMING);
        SnapshotEntry oldest = take();
        SnapshotEntry pinned = take();
        SnapshotEntry third = take();
        SnapshotEntry newest = take();
        ledger.pin(pinned.id(), true);

        keeper.clean(job.lease, 1, Duration.ofHours(1));
        assertThat(ledger.all()).as("all are young").noneMatch(entry -> entry.phase() == SnapshotPhase.DISPOSING);

        job.clock.advance(Duration.ofHours(2));
        keeper.clean(job.lease, 1, Duration.ofHours(1));
        round();
        assertThat(ledger.all()).extracting(SnapshotEntry::id).containsExactlyInAnyOrder(pinned.id(), newest.id());
        assertThat(job.cluster.snapshots(oldest.directory())).isEmpty();
        assertThat(job.cluster.snapshots(third.directory())).isEmpty();
    }

    @Test
    void whatIsToGoStaysWhileItCameToBeNeeded() {
        job.running(JobMode.STREAMING);
        SnapshotEntry first = take();
        SnapshotEntry second = take();
        ledger.dispose(first.id(), job.clock.instant());
        job.cluster.lose(second.directory());
        job.cluster.end(job.newest(), io.millrace.core.target.FlinkStatus.FAILED);
        job.round();
        assertThat(job.job().restorePath()).isEqualTo(first.taken().map(snapshot -> snapshot.path()));

        round();

        assertThat(ledger.find(first.id())).isPresent();
        assertThat(job.cluster.snapshots(first.directory())).hasSize(1);
    }
}
