package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A proof beside a job that runs: every way it can end, and that nothing of it is left. */
class ProofKeeperTest {
    private final OneJob job = new OneJob();
    private final InMemoryProofs proofs = job.store.proofs;

    /** A new one each time, as after a crash. */
    private void round() {
        proofs.open(TargetName.LOCAL).forEach(proof -> keeper().round(proof.id(), job.lease));
    }

    private ProofKeeper keeper() {
        var kept = new ProofKeeper.Kept(job.store.snapshots, job.store, new InMemoryStates());
        return new ProofKeeper(proofs, kept, job.cluster, job.cluster, Duration.ofMinutes(3), job.clock);
    }

    private SnapshotEntry savepoint() {
        JobState state = job.store.load(job.job().id()).orElseThrow();
        SnapshotEntry intent = SnapshotEntry.intend(UUID.randomUUID(), state, "savepoints", job.clock.instant());
        JobEvent asked = JobEvent.of(job.clock.instant(), EventKind.SAVEPOINT_REQUESTED, "Asked.");
        assertThat(job.store.snapshots.add(intent, asked)).contains(intent);
        return intent;
    }

    private void take(SnapshotEntry entry) {
        var keeper = new SnapshotKeeper(job.store.snapshots, job.store, job.cluster, job.clock);
        for (int i = 0; i < 3; i++) {
            keeper.round(entry.id(), job.lease, job.cluster.overview());
            job.second();
        }
    }

    /** Of version 2, whose script is this, from a savepoint of version 1 that runs. */
    private UUID asked(String script) {
        job.running(JobMode.STREAMING);
        job.edit(script);
        SnapshotEntry entry = savepoint();
        var what = new Proof.What(job.job().id(), job.job().fullName(), TargetName.LOCAL, 1, 2, false, 0, "alice");
        Proof proof = Proof.of(UUID.randomUUID(), what, entry, job.clock.instant());
        assertThat(proofs.add(proof, JobEvent.of(job.clock.instant(), EventKind.PROOF_REQUESTED, "Asked.")))
                .isTrue();
        round();
        assertThat(proofs.find(proof.id()).orElseThrow().phase()).isEqualTo(ProofPhase.SAVING);
        return proof.id();
    }

    private UUID sent(String script) {
        UUID id = asked(script);
        take(job.store.snapshots.find(proof(id).entry().orElseThrow()).orElseThrow());
        round();
        return id;
    }

    private Proof proof(UUID id) {
        return proofs.find(id).orElseThrow();
    }

    private FlinkJobId flinkJob(UUID id) {
        return proof(id).sent().orElseThrow().id();
    }

    private FlinkStatus status(UUID id) {
        return job.cluster.runs.get(flinkJob(id)).status;
    }

    private void seconds(int many) {
        for (int i = 0; i < many; i++) {
            job.second();
            round();
        }
    }

    private void assertThatItIs(UUID id, ProofVerdict verdict, String why) {
        assertThat(proof(id).phase()).isEqualTo(ProofPhase.OVER);
        assertThat(proof(id).verdict()).contains(verdict);
        assertThat(proof(id).outcome()).contains(why);
        List<JobEvent> told = job.store.events(job.job().id(), Long.MAX_VALUE, 100).stream()
                .filter(event -> event.kind() == EventKind.PROOF_ENDED)
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).reason()).contains(verdict.name(), why);
        assertThat(job.job().observed()).isEqualTo(ObservedState.RUNNING);
        assertThat(job.attempt().number()).isEqualTo(1);
    }

    @Test
    void restoresTheSavepointAndIsCancelledWhileTheJobRunsOn() {
        UUID id = sent("INSERT INTO other");
        assertThat(proof(id).phase()).isEqualTo(ProofPhase.RUNNING);
        assertThat(job.cluster.runs.get(flinkJob(id)).submission.restorePath())
                .isEqualTo(proof(id).path());

        seconds(1);
        assertThat(proof(id).verdict()).contains(ProofVerdict.PROVEN);
        assertThat(status(id)).isEqualTo(FlinkStatus.CANCELLING);
        seconds(1);

        assertThat(status(id)).isEqualTo(FlinkStatus.CANCELED);
        assertThatItIs(id, ProofVerdict.PROVEN, "restored the snapshot");
    }

    @Test
    void whatRestoredNothingProvesNothing() {
        UUID id = sent("INSERT INTO other");
        job.cluster.restores = false;

        seconds(200);

        assertThatItIs(id, ProofVerdict.FAILED, "in time");
    }

    @Test
    void stateThatNobodyClaimsIsARefusal() {
        UUID id = sent("misfits");

        assertThatItIs(id, ProofVerdict.REFUSED, "has operators that this script does not have");
    }

    @Test
    void aScriptThatCannotBePlannedIsNoRefusal() {
        UUID id = sent("nonsense");

        assertThatItIs(id, ProofVerdict.FAILED, "nonsense");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void aFailureIsARefusalUnlessItHasNothingToDoWithTheSnapshot(FailureKind kind) {
        UUID id = sent("INSERT INTO other");
        job.cluster.fail(flinkJob(id), FakeCluster.failure(kind));

        round();

        boolean about = List.of(FailureKind.STATE, FailureKind.DATA, FailureKind.UNKNOWN)
                .contains(kind);
        assertThatItIs(id, about ? ProofVerdict.REFUSED : ProofVerdict.FAILED, "A failure of kind " + kind);
    }

    @Test
    void withoutSlotsNothingIsSent() {
        UUID id = asked("INSERT INTO other");
        job.cluster.slots = 1;
        take(job.store.snapshots.find(proof(id).entry().orElseThrow()).orElseThrow());

        round();

        assertThatItIs(id, ProofVerdict.FAILED, "It needs 1 free slots beside what runs, and the cluster has 0.");
        assertThat(job.cluster.accepted).hasSize(1);
    }

    @Test
    void whatDoesNotRunInTimeIsGivenUp() {
        UUID id = asked("INSERT INTO other");
        take(job.store.snapshots.find(proof(id).entry().orElseThrow()).orElseThrow());
        job.cluster.starves = true;

        round();
        seconds(190);

        assertThatItIs(id, ProofVerdict.FAILED, "Not all its tasks ran in time; it was CREATED.");
        assertThat(status(id).terminal()).isTrue();
    }

    @Test
    void aSavepointThatFailsEndsIt() {
        UUID id = asked("INSERT INTO other");
        job.cluster.savepointsFail = true;
        take(job.store.snapshots.find(proof(id).entry().orElseThrow()).orElseThrow());

        round();

        assertThatItIs(id, ProofVerdict.FAILED, "The savepoint for it failed");
    }

    @Test
    void aLostAnswerIsLookedFor() {
        UUID id = asked("INSERT INTO other");
        take(job.store.snapshots.find(proof(id).entry().orElseThrow()).orElseThrow());
        job.cluster.swallowsAnswer = true;
        round();
        assertThat(proof(id).phase()).isEqualTo(ProofPhase.SUBMITTING);

        seconds(3);

        assertThatItIs(id, ProofVerdict.PROVEN, "all its tasks ran");
        assertThat(job.cluster.accepted).as("sent once").hasSize(2);
    }

    /** The server died after it wrote down that it sends, and before it did. */
    @Test
    void whatNeverArrivedIsSentAgainUnderTheSameId() {
        UUID id = asked("INSERT INTO other");
        SnapshotEntry entry =
                job.store.snapshots.find(proof(id).entry().orElseThrow()).orElseThrow();
        take(entry);
        String path = job.store
                .snapshots
                .find(entry.id())
                .flatMap(SnapshotEntry::taken)
                .map(Snapshot::path)
                .orElseThrow();
        Proof written = proof(id).submitting(path, job.lease.tag(), Duration.ofMinutes(3), job.clock.instant());
        proofs.commit(job.lease, proof(id), written, Optional.empty());
        job.serverRestarts();

        seconds(20);

        assertThat(flinkJob(id)).isEqualTo(written.sent().orElseThrow().id());
        assertThatItIs(id, ProofVerdict.PROVEN, "all its tasks ran");
    }

    @Test
    void aJobManagerThatDiesTakesItWithIt() {
        UUID id = sent("INSERT INTO other");
        job.cluster.restart(false);

        round();

        assertThat(proof(id).verdict()).contains(ProofVerdict.FAILED);
        assertThat(proof(id).outcome()).contains("lost it");
    }

    @Test
    void theSweepLeavesItAloneUntilItIsOverOrNobodyLooksAfterIt() {
        UUID id = sent("INSERT INTO other");
        var sweep = new StraySweep(job.store, proofs, job.cluster, job.clock);

        sweep.sweep(job.lease, job.cluster.overview(), List.of());
        assertThat(status(id)).isEqualTo(FlinkStatus.CREATED);
        job.clock.advance(Duration.ofMinutes(4).plusSeconds(1));
        sweep.sweep(job.lease, job.cluster.overview(), List.of());

        assertThat(status(id)).isEqualTo(FlinkStatus.CANCELLING);
        assertThat(job.cluster.runs.get(job.newest()).status).isEqualTo(FlinkStatus.RUNNING);
    }
}
