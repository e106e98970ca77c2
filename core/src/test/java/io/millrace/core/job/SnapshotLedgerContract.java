package io.millrace.core.job;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.Contents;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the ledger must do beside the other stores. Run for the in-memory model here and for the SQL one in server. */
public abstract class SnapshotLedgerContract extends JobListContract {
    private static final JobEvent ASKED = event(EventKind.SAVEPOINT_REQUESTED, "Asked.");
    private static final Instant LATER = NOON.plusSeconds(60);

    protected abstract SnapshotLedger ledger();

    private JobState running(Lease lease, String name) {
        Job job = start(create(name));
        JobState begun = begin(lease, job);
        Attempt attempt = begun.live()
                .orElseThrow()
                .submitting("jm-1", NOON)
                .submitted("jm-1", NOON)
                .runs(NOON);
        commit(lease, begun, new Draft(begun, NOON).attempt(attempt));
        return load(job);
    }

    private void commit(Lease lease, JobState before, Draft draft) {
        assertThat(attempts().commit(lease, before, draft.then(Act.NONE))).isTrue();
    }

    private SnapshotEntry taken(Lease lease, JobState state, Instant at, long number) {
        SnapshotEntry intent = SnapshotEntry.intend(UUID.randomUUID(), state, "file:///savepoints", at);
        assertThat(ledger().add(intent, ASKED)).contains(intent);
        Snapshot there = new Snapshot(intent.directory() + "/savepoint-1", number);
        SnapshotEntry available = intent.available(there, at);
        JobEvent event = event(EventKind.SAVEPOINT_COMPLETED, "There.");
        assertThat(ledger().commit(lease, intent, Optional.of(available), Optional.of(event)))
                .isTrue();
        return available;
    }

    private void end(Lease lease, JobState state, Optional<Snapshot> left) {
        Draft draft = new Draft(state, NOON).attempt(state.live().orElseThrow().ended(EndCause.STOPPED, "seen", NOON));
        left.ifPresent(draft::left);
        commit(lease, state, draft);
    }

    @Test
    void keepsEveryPartOfAnEntryFromTheRequestToItsEnd() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        SnapshotEntry taken = taken(lease, state, NOON, 3);
        assertThat(ledger().find(taken.id())).contains(taken);
        assertThat(ledger().due(TargetName.LOCAL)).containsExactly(taken);
        assertThat(attempts().todo(TargetName.LOCAL).snapshots()).isTrue();
        assertThat(ledger().due(new TargetName("other"))).isEmpty();
        assertThat(attempts().todo(new TargetName("other")).snapshots()).isFalse();

        SnapshotEntry held = taken.holding(new Contents(2, 4711));
        assertThat(ledger().commit(lease, taken, Optional.of(held), Optional.empty()))
                .isTrue();
        assertThat(ledger().due(TargetName.LOCAL)).isEmpty();
        assertThat(attempts().todo(TargetName.LOCAL).snapshots()).isFalse();
        assertThat(ledger().of(state.job().id(), SnapshotLedger.EVER, 10)).containsExactly(held);
        assertThat(ledger().of(state.job().id(), NOON, 10)).isEmpty();

        taken(lease, state, LATER, 4);
        assertThat(ledger().dispose(held.id(), LATER)).isTrue();
        assertThat(ledger().dispose(held.id(), LATER)).as("again").isTrue();
        SnapshotEntry going = held.become(SnapshotPhase.DISPOSING, "", LATER);
        assertThat(ledger().find(held.id())).contains(going);
        assertThat(ledger().pin(held.id(), true)).as("too late").isFalse();
        assertThat(ledger().commit(lease, held, Optional.empty(), Optional.empty()))
                .as("it changed meanwhile")
                .isFalse();
        JobEvent event = event(EventKind.SNAPSHOT_DISPOSED, "Gone.");
        assertThat(ledger().commit(lease, going, Optional.empty(), Optional.of(event)))
                .isTrue();
        assertThat(ledger().find(held.id())).isEmpty();
        assertThat(jobs().events(state.job().id(), Long.MAX_VALUE, 1))
                .extracting(JobEvent::kind)
                .containsExactly(EventKind.SNAPSHOT_DISPOSED);
    }

    @Test
    void takesOneSavepointOfAJobAtATimeAndTheSameRequestOnce() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        SnapshotEntry first = SnapshotEntry.intend(UUID.randomUUID(), state, "file:///savepoints", NOON);
        SnapshotEntry second = SnapshotEntry.intend(UUID.randomUUID(), state, "file:///savepoints", NOON);

        assertThat(ledger().add(first, ASKED)).contains(first);
        assertThat(ledger().add(first, ASKED)).contains(first);
        assertThat(ledger().add(second, ASKED)).isEmpty();
        SnapshotEntry foreign =
                SnapshotEntry.intend(first.id(), running(lease, "payments"), "file:///savepoints", NOON);
        assertThat(ledger().add(foreign, ASKED)).as("the id is another job's").isEmpty();
        assertThat(jobs().events(state.job().id(), Long.MAX_VALUE, 100).stream()
                        .filter(told -> told.kind() == EventKind.SAVEPOINT_REQUESTED))
                .as("told once")
                .hasSize(1);
        assertThat(ledger().directories(TargetName.LOCAL)).containsExactly(first.directory());

        SnapshotEntry failed = first.become(SnapshotPhase.FAILED, "why", LATER);
        assertThat(ledger().commit(lease, first, Optional.of(failed), Optional.empty()))
                .isTrue();
        assertThat(ledger().find(first.id())).contains(failed);
        assertThat(ledger().add(second, ASKED)).contains(second);
    }

    @Test
    void refusesToDisposeOfWhatIsPinnedOrNeeded() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        SnapshotEntry older = taken(lease, state, NOON, 3);
        SnapshotEntry newer = taken(lease, state, LATER, 4);

        assertThat(ledger().references(List.of(older, newer)))
                .containsEntry(older.id(), Set.of())
                .containsEntry(newer.id(), Set.of(SnapshotReference.NEWEST));
        assertThat(ledger().dispose(newer.id(), LATER)).isFalse();
        assertThat(ledger().pin(older.id(), true)).isTrue();
        assertThat(ledger().dispose(older.id(), LATER)).isFalse();
        assertThat(ledger().pin(older.id(), false)).isTrue();
        assertThat(ledger().dispose(older.id(), LATER)).isTrue();
    }

    @Test
    void refusesAWishThatBeginsWithWhatIsBeingDeleted() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        SnapshotEntry older = taken(lease, state, NOON, 3);
        taken(lease, state, LATER, 4);
        ledger().dispose(older.id(), LATER);
        Job job = load(state.job()).job();
        String path = older.taken().orElseThrow().path();

        Job wanted = job.want(job.wish().start(1, StartFrom.snapshot(path)), LATER);
        assertThat(jobs().update(wanted, Optional.empty(), event(EventKind.START_REQUESTED, "Start.")))
                .isFalse();
    }

    @Test
    void aStepWritesDownWhatItLearnedAndOnce() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        String folder = "file:///checkpoints/" + state.live().orElseThrow().flinkJobId();
        end(lease, state, Optional.of(new Snapshot(folder + "/chk-7", 7)));

        List<SnapshotEntry> entries = ledger().of(state.job().id(), SnapshotLedger.EVER, 10);

        assertThat(entries).extracting(SnapshotEntry::directory).containsExactly(folder);
        assertThat(entries).extracting(SnapshotEntry::origin).containsExactly(SnapshotEntry.Origin.CHECKPOINT);
        JobState ended = load(state.job());
        commit(lease, ended, new Draft(ended, NOON).left(new Snapshot(folder + "/chk-8", 8)));
        assertThat(ledger().of(state.job().id(), SnapshotLedger.EVER, 10)).isEqualTo(entries);
    }

    @Test
    void outlivesItsJobAsAnOrphan() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        SnapshotEntry taken = taken(lease, state, NOON, 3);
        Job stopped = state.job().want(state.job().wish().stop(false), NOON);
        assertThat(jobs().update(stopped, Optional.empty(), event(EventKind.STOP_REQUESTED, "Stop.")))
                .isTrue();
        JobState open = load(stopped);
        commit(
                lease,
                open,
                new Draft(open, NOON)
                        .attempt(open.live().orElseThrow().ended(EndCause.STOPPED, "seen", NOON))
                        .observe(ObservedState.STOPPING, "Over.")
                        .observe(ObservedState.IDLE, "Over."));
        assertThat(ledger().orphans(TargetName.LOCAL)).isEmpty();

        assertThat(delete(stopped)).isTrue();
        assertThat(ledger().orphans(TargetName.LOCAL)).as("of a job in the bin").isEmpty();
        assertThat(ledger().surplus(TargetName.LOCAL, 0, LATER))
                .as("of a job in the bin")
                .isEmpty();
        assertThat(bin().purge(stopped.id())).isTrue();

        assertThat(ledger().orphans(TargetName.LOCAL)).containsExactly(taken);
        assertThat(ledger().surplus(TargetName.LOCAL, 0, LATER)).isEmpty();
        assertThat(ledger().dispose(taken.id(), LATER)).isTrue();
        SnapshotEntry going = taken.become(SnapshotPhase.DISPOSING, "", LATER);
        JobEvent event = event(EventKind.SNAPSHOT_DISPOSED, "Gone.");
        assertThat(ledger().commit(lease, going, Optional.empty(), Optional.of(event)))
                .isTrue();
        assertThat(ledger().orphans(TargetName.LOCAL)).isEmpty();
    }

    @Test
    void whatIsImportedFromAnotherEntryKeepsThat() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        SnapshotEntry older = taken(lease, state, NOON, 3);
        taken(lease, state, LATER, 4);
        Job other = create("other");
        SnapshotEntry imported = SnapshotEntry.imported(
                UUID.randomUUID(), TargetName.LOCAL, other, older.taken().orElseThrow(), NOON);

        assertThat(ledger().add(imported, ASKED)).contains(imported);
        assertThat(ledger().references(List.of(older)).get(older.id())).containsExactly(SnapshotReference.IMPORT);
        assertThat(ledger().dispose(older.id(), LATER)).isFalse();

        assertThat(ledger().dispose(imported.id(), LATER)).isTrue();
        SnapshotEntry going = imported.become(SnapshotPhase.DISPOSING, "", LATER);
        assertThat(ledger().commit(lease, going, Optional.empty(), Optional.empty()))
                .isTrue();
        assertThat(ledger().dispose(older.id(), LATER)).isTrue();
        assertThat(ledger().add(imported, ASKED)).as("it is being deleted").isEmpty();
    }

    @Test
    void thePolicyNamesWhatIsOldBeyondTheNewest() {
        Lease lease = lease();
        JobState state = running(lease, "orders");
        SnapshotEntry first = taken(lease, state, NOON, 3);
        SnapshotEntry second = taken(lease, state, NOON.plusSeconds(1), 4);
        SnapshotEntry third = taken(lease, state, LATER, 5);

        assertThat(ledger().surplus(TargetName.LOCAL, 1, LATER)).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(ledger().surplus(TargetName.LOCAL, 1, NOON.plusSeconds(1))).containsExactly(first.id());
        assertThat(ledger().surplus(TargetName.LOCAL, 3, SnapshotLedger.EVER)).isEmpty();
        ledger().pin(first.id(), true);
        assertThat(ledger().surplus(TargetName.LOCAL, 0, SnapshotLedger.EVER))
                .containsExactlyInAnyOrder(second.id(), third.id());
    }

    @Test
    void nothingIsAddedToAJobThatIsGone() {
        Job job = create("orders");
        SnapshotEntry imported = SnapshotEntry.imported(
                UUID.randomUUID(), TargetName.LOCAL, job, new Snapshot("file:///imports/savepoint-1", 0), NOON);

        delete(job);
        assertThat(ledger().add(imported, ASKED)).as("in the bin").isEmpty();
        bin().purge(job.id());
        assertThat(ledger().add(imported, ASKED)).as("purged").isEmpty();

        assertThat(ledger().find(imported.id())).isEmpty();
    }
}
