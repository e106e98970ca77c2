package io.millrace.core.job;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What any store of proofs must do. Run for the in-memory model here and for the SQL one in server. */
public abstract class ProofStoreContract extends JobListContract {
    private static final JobEvent ASKED = event(EventKind.PROOF_REQUESTED, "Asked.");
    private static final JobEvent TOLD = event(EventKind.PROOF_ENDED, "Told.");
    private static final String PATH = "file:///savepoints/savepoint-1";

    protected abstract ProofStore proofs();

    protected abstract SnapshotLedger ledger();

    private static Proof proof(Job job, Instant at) {
        var what = new Proof.What(job.id(), job.fullName(), TargetName.LOCAL, 1, 1, true, 3, "alice");
        return Proof.of(UUID.randomUUID(), what, PATH, at);
    }

    @Test
    void keepsEveryPartFromTheRequestToTheEnd() {
        Lease lease = lease();
        Job job = create("orders");
        Proof asked = proof(job, NOON);

        assertThat(proofs().add(asked, ASKED)).isTrue();
        assertThat(proofs().find(asked.id())).contains(asked);
        assertThat(proofs().open(TargetName.LOCAL)).containsExactly(asked);
        assertThat(attempts().todo(TargetName.LOCAL).proofs()).isTrue();
        assertThat(proofs().open(new TargetName("other"))).isEmpty();
        assertThat(attempts().todo(new TargetName("other")).proofs()).isFalse();
        Proof sent = asked.submitting(PATH, 7, Duration.ofMinutes(3), NOON);
        assertThat(proofs().commit(lease, asked, sent, Optional.empty())).isTrue();
        assertThat(proofs().commit(lease, asked, sent, Optional.empty()))
                .as("it changed meanwhile")
                .isFalse();
        Proof running = sent.runs(NOON.plusSeconds(1));
        assertThat(proofs().commit(lease, sent, running, Optional.empty())).isTrue();
        assertThat(proofs().find(asked.id())).contains(running);
        Proof ending = running.judged(ProofVerdict.PROVEN, "It is.", false, NOON.plusSeconds(2));
        assertThat(proofs().commit(lease, running, ending, Optional.empty())).isTrue();
        Proof over = ending.over(NOON.plusSeconds(3));
        assertThat(proofs().commit(lease, ending, over, Optional.of(TOLD))).isTrue();

        assertThat(proofs().find(asked.id())).contains(over);
        assertThat(proofs().open(TargetName.LOCAL)).isEmpty();
        assertThat(attempts().todo(TargetName.LOCAL).proofs()).isFalse();
        assertThat(jobs().events(job.id(), Long.MAX_VALUE, 2))
                .extracting(JobEvent::kind)
                .containsExactly(EventKind.PROOF_ENDED, EventKind.PROOF_REQUESTED);
    }

    @Test
    void oneOfAJobAtATimeAndListedNewestFirst() {
        Lease lease = lease();
        Job job = create("orders");
        Proof first = proof(job, NOON);
        Proof second = proof(job, NOON.plusSeconds(1));

        assertThat(proofs().add(first, ASKED)).isTrue();
        assertThat(proofs().add(second, ASKED)).isFalse();
        assertThat(proofs().add(proof(create("others"), NOON), ASKED)).isTrue();
        Proof failed = first.judged(ProofVerdict.FAILED, "No slots.", true, NOON);
        assertThat(proofs().commit(lease, first, failed, Optional.empty())).isTrue();
        assertThat(proofs().add(second, ASKED)).isTrue();

        assertThat(proofs().of(job.id(), SnapshotLedger.EVER, 10)).containsExactly(second, failed);
        assertThat(proofs().of(job.id(), NOON.plusSeconds(1), 10)).containsExactly(failed);
        assertThat(proofs().of(job.id(), SnapshotLedger.EVER, 1)).containsExactly(second);
    }

    @Test
    void isLiveUntilItIsOverOrItsTimeHasLongPassed() {
        Lease lease = lease();
        Proof asked = proof(create("orders"), NOON);
        proofs().add(asked, ASKED);
        Proof sent = asked.submitting(PATH, 7, Duration.ofMinutes(3), NOON);
        proofs().commit(lease, asked, sent, Optional.empty());
        FlinkJobId id = sent.sent().orElseThrow().id();
        Set<FlinkJobId> ids = Set.of(id, FlinkJobId.of(7, UUID.randomUUID(), 1));

        assertThat(proofs().live(ids, NOON.plusSeconds(239))).containsExactly(id);
        assertThat(proofs().live(ids, NOON.plusSeconds(241))).isEmpty();
        proofs().commit(lease, sent, sent.judged(ProofVerdict.FAILED, "why", true, NOON), Optional.empty());
        assertThat(proofs().live(ids, NOON)).isEmpty();
    }

    @Test
    void holdsItsSnapshotWhileItIsUnderWay() {
        Lease lease = lease();
        Job job = start(create("orders"));
        JobState state = begin(lease, job);
        SnapshotEntry intent = SnapshotEntry.intend(UUID.randomUUID(), state, "file:///savepoints", NOON);
        ledger().add(intent, event(EventKind.SAVEPOINT_REQUESTED, "Asked."));
        SnapshotEntry taken = intent.available(new Snapshot(intent.directory() + "/savepoint-1", 3), NOON);
        ledger().commit(lease, intent, Optional.of(taken), Optional.empty());
        JobState ended = load(job);
        attempts()
                .commit(
                        lease,
                        ended,
                        new Draft(ended, NOON)
                                .attempt(ended.live().orElseThrow().ended(EndCause.STOPPED, "seen", NOON))
                                .then(Act.NONE));
        var what = new Proof.What(job.id(), job.fullName(), TargetName.LOCAL, 1, 1, false, 0, "alice");
        Proof proof = Proof.of(UUID.randomUUID(), what, taken, NOON);

        assertThat(proofs().add(proof, ASKED)).isTrue();

        assertThat(ledger().references(List.of(taken)).get(taken.id())).containsExactly(SnapshotReference.PROOF);
        assertThat(ledger().dispose(taken.id(), NOON)).isFalse();
        Proof over = proof.judged(ProofVerdict.FAILED, "why", true, NOON);
        assertThat(proofs().commit(lease, proof, over, Optional.empty())).isTrue();
        assertThat(ledger().dispose(taken.id(), NOON)).isTrue();
        Proof late = Proof.of(UUID.randomUUID(), what, taken, NOON);
        assertThat(proofs().add(late, ASKED)).as("it is being deleted").isFalse();
    }

    @Test
    void nobodyWritesWithoutTheLease() {
        Lease old = lease();
        Proof asked = proof(create("orders"), NOON);
        proofs().add(asked, ASKED);
        var unused = leases().takeOver(TargetName.LOCAL, "next");

        assertThatThrownBy(() -> proofs().commit(
                                old, asked, asked.judged(ProofVerdict.FAILED, "why", true, NOON), Optional.empty()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(proofs().find(asked.id())).contains(asked);
    }
}
