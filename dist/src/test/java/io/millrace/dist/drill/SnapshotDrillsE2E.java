package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.SnapshotsClient;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.ObservedState;
import io.millrace.api.job.ProofPhase;
import io.millrace.api.job.ProofVerdict;
import io.millrace.api.job.ProofView;
import io.millrace.api.job.SnapshotOrigin;
import io.millrace.api.job.SnapshotPhase;
import io.millrace.api.job.SnapshotReference;
import io.millrace.api.job.SnapshotView;
import io.millrace.core.job.Failpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The drill F06 for savepoints of jobs that run on, for what is deleted, and for proofs, on real processes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SnapshotDrillsE2E {
    static final String FAILPOINTS = "(SNAPSHOT|DISPOSAL|PROOF)_.*";

    private static final Duration CONVERGED = Duration.ofSeconds(30);

    /** Counts, in RocksDB with incremental checkpoints, so that there is state that checkpoints share. */
    private static final JobSpec SPEC = new JobSpec(
            """
            CREATE TEMPORARY TABLE source (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '500',
                'fields.id.min' = '1', 'fields.id.max' = '100000');
            CREATE TEMPORARY TABLE sink (id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED)
                WITH ('connector' = 'blackhole');
            INSERT INTO sink SELECT id, COUNT(*) FROM source GROUP BY id;
            """,
            null,
            null,
            1,
            "PT1S",
            null,
            Map.of("state.backend.type", "rocksdb", "execution.checkpointing.incremental", "true"));

    private static final int FEW = 4;
    private static final String JOB = "f06-places";

    @TempDir
    static Path folder;

    private static final Set<UUID> asked = new HashSet<>();
    private static DrillStack stack;
    private static @Nullable DrillServer calm;

    @BeforeAll
    static void up() throws IOException, InterruptedException {
        stack = DrillStack.up(folder.resolve("home"));
    }

    @AfterAll
    static void down() throws IOException {
        if (calm != null) {
            calm.close();
        }
        stack.close();
    }

    /** Does not die. From its start on the jobs are in its hands. */
    private static DrillServer calm() throws IOException {
        if (calm == null) {
            calm = DrillServer.start(stack, "", Map.of());
        }
        return calm;
    }

    /** Some of them, others in each run, since each costs a start of the server; {@code -Dmillrace.cases=N} asks for N. */
    private static List<Failpoint> places() {
        List<Failpoint> places = new ArrayList<>(Stream.of(Failpoint.values())
                .filter(place -> place.name().matches(FAILPOINTS))
                .toList());
        Collections.shuffle(places);
        return places.stream()
                .limit(Integer.getInteger("millrace.cases", FEW))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** What a server has to do about what the one before it died of. */
    private interface GoingOn {
        void with(DrillServer next) throws IOException;
    }

    private static SnapshotsClient running(DrillServer server, String job) {
        server.jobs().apply(job, SPEC);
        server.jobs().start(job);
        awaitState(server, job, ObservedState.RUNNING);
        return server.jobs().snapshots(job);
    }

    private static void awaitState(DrillServer server, String job, ObservedState state) {
        await(job + " is " + state)
                .atMost(CONVERGED)
                .untilAsserted(
                        () -> assertThat(server.jobs().get(job).observed()).isEqualTo(state));
    }

    private static void remove(DrillServer server, String job) {
        server.jobs().stop(job, false);
        awaitState(server, job, ObservedState.IDLE);
        server.jobs().delete(job);
    }

    private static SnapshotView taken(SnapshotsClient snapshots, UUID key) {
        return available(snapshots, snapshots.trigger(key).id());
    }

    private static SnapshotView available(SnapshotsClient snapshots, String id) {
        await("the savepoint is there").atMost(CONVERGED).untilAsserted(() -> {
            SnapshotView snapshot = snapshots.get(id);
            assertThat(snapshot.phase()).as("%s", snapshot).isEqualTo(SnapshotPhase.AVAILABLE);
            assertThat(snapshot.bytes()).as("%s", snapshot).isNotNull();
        });
        return snapshots.get(id);
    }

    private static Path files(SnapshotView snapshot) {
        return Path.of(URI.create(String.valueOf(snapshot.path())));
    }

    private static void awaitGone(SnapshotsClient snapshots, SnapshotView snapshot) {
        await("the snapshot is gone")
                .atMost(CONVERGED)
                .untilAsserted(() -> assertThat(snapshots.list())
                        .extracting(SnapshotView::id)
                        .doesNotContain(snapshot.id()));
        assertThat(files(snapshot).getParent()).doesNotExist();
    }

    /**
     * One server after the other dies, each at a place before that of the one before it: so the way on from where one
     * died does not lead to the place at which the next shall die.
     */
    @Test
    @Order(1)
    void aServerDiesAtAFailpointAndTheNextGoesOn() throws IOException {
        GoingOn goesOn = first -> running(first, JOB);
        for (Failpoint place : places()) {
            try (DrillServer doomed = DrillServer.start(stack, place + ":1:halt", Map.of())) {
                goesOn.with(doomed);
                goesOn = dieAt(place, doomed);
            }
        }
        goesOn.with(calm());
        assertThat(calm().jobs().get(JOB).attempt()).as("the job went on").isEqualTo(1);
        SnapshotsClient snapshots = calm().jobs().snapshots(JOB);
        assertThat(asked)
                .as("the same request has the same answer")
                .allSatisfy(key -> assertThat(snapshots.trigger(key)).isEqualTo(snapshots.get(key.toString())));
        remove(calm(), JOB);
    }

    private static GoingOn dieAt(Failpoint place, DrillServer doomed) {
        UUID key = UUID.randomUUID();
        SnapshotsClient snapshots = doomed.jobs().snapshots(JOB);
        if (place.name().startsWith("SNAPSHOT_")) {
            doomed.dieOf(() -> snapshots.trigger(key));
            asked.add(key);
            return next -> wasTaken(next, key, place);
        }
        SnapshotView older = taken(snapshots, UUID.randomUUID());
        if (place.name().startsWith("PROOF_")) {
            doomed.dieOf(() -> doomed.jobs().prove(JOB, 1, older.id(), key));
            return next -> wasProven(next, key, place);
        }
        SnapshotView newer = taken(snapshots, UUID.randomUUID());
        doomed.dieOf(() -> snapshots.dispose(older.id()));
        return next -> {
            awaitGone(next.jobs().snapshots(JOB), older);
            assertThat(next.jobs().snapshots(JOB).get(newer.id()).restorable())
                    .as("the other one, after %s", place)
                    .isTrue();
        };
    }

    private static void wasTaken(DrillServer next, UUID key, Failpoint place) throws IOException {
        SnapshotsClient snapshots = next.jobs().snapshots(JOB);
        SnapshotView snapshot = available(snapshots, key.toString());
        assertThat(snapshot.restorable()).as("%s after %s", snapshot, place).isTrue();
        assertThat(stack.savepoints(String.valueOf(snapshot.path())))
                .as("taken once, after %s", place)
                .isEqualTo(snapshots.list().size());
    }

    private static void wasProven(DrillServer next, UUID key, Failpoint place) {
        ProofView proof = over(next, JOB, key.toString());
        assertThat(proof.verdict()).as("%s after %s", proof, place).isEqualTo(ProofVerdict.PROVEN);
        assertThatOnlyTheJobRuns(next, JOB);
    }

    private static ProofView over(DrillServer server, String job, String proof) {
        await("the proof is over")
                .atMost(Duration.ofSeconds(90))
                .until(() -> server.jobs().proof(job, proof).phase() == ProofPhase.OVER);
        return server.jobs().proof(job, proof);
    }

    private static void assertThatOnlyTheJobRuns(DrillServer server, String job) {
        await("nothing but the job runs")
                .atMost(CONVERGED)
                .untilAsserted(() -> assertThat(alive())
                        .containsExactly(server.jobs().get(job).flinkJobId()));
        assertThat(server.jobs().get(job).attempt()).as("the job went on").isEqualTo(1);
    }

    private static List<String> alive() throws IOException, InterruptedException {
        List<String> alive = new ArrayList<>();
        for (JsonNode job : stack.flink("/jobs/overview").path("jobs")) {
            if (!DrillStack.OVER.contains(job.path("state").asText())) {
                alive.add(job.path("jid").asText());
            }
        }
        return alive;
    }

    @Test
    void aSnapshotOfWhichAFileIsMissingIsRefused() throws IOException {
        DrillServer server = calm();
        SnapshotsClient snapshots = running(server, "f06-damaged");
        SnapshotView snapshot = taken(snapshots, UUID.randomUUID());
        aMissingFileIsSeen(snapshots, snapshot);

        String id = server.jobs()
                .prove("f06-damaged", 1, snapshot.id(), UUID.randomUUID())
                .id();

        ProofView proof = over(server, "f06-damaged", id);
        assertThat(proof.verdict()).as("%s", proof).isEqualTo(ProofVerdict.REFUSED);
        assertThat(proof.outcome()).isNotEmpty();
        assertThatOnlyTheJobRuns(server, "f06-damaged");
        remove(server, "f06-damaged");
    }

    @Test
    void whatIsNeededStaysAndWhatIsNotGoes() throws IOException {
        DrillServer server = calm();
        SnapshotsClient snapshots = running(server, "f06");
        SnapshotView first = taken(snapshots, UUID.randomUUID());
        SnapshotView second = taken(snapshots, UUID.randomUUID());
        assertThat(second.references()).containsExactly(SnapshotReference.NEWEST);
        refused(snapshots, second);
        snapshots.pin(first.id(), true);
        refused(snapshots, first);
        snapshots.pin(first.id(), false);
        snapshots.dispose(first.id());
        awaitGone(snapshots, first);

        awaitNewerCheckpoint(server, "f06");
        server.jobs().stop("f06", false);
        awaitState(server, "f06", ObservedState.IDLE);
        SnapshotView left = newest(snapshots, SnapshotOrigin.CHECKPOINT);
        assertThat(left.path()).isEqualTo(server.jobs().get("f06").restorePath());
        assertThat(left.restorable()).isTrue();
        refused(snapshots, left);

        server.jobs().start("f06");
        awaitState(server, "f06", ObservedState.RUNNING);
        refused(snapshots, left);
        server.jobs().stop("f06", true);
        awaitState(server, "f06", ObservedState.IDLE);
        snapshots.dispose(left.id());
        awaitGone(snapshots, left);
        snapshots.dispose(second.id());
        awaitGone(snapshots, second);

        server.jobs().start("f06");
        awaitState(server, "f06", ObservedState.RUNNING);
        aMissingFileIsSeen(snapshots, newest(snapshots, SnapshotOrigin.STOP));
        remove(server, "f06");
    }

    /** Of what is left, the newest counts. */
    private static void awaitNewerCheckpoint(DrillServer server, String job) {
        String id = server.jobs().get(job).flinkJobId();
        await("a checkpoint after the savepoint").atMost(CONVERGED).until(() -> {
            JsonNode latest = stack.flink("/jobs/" + id + "/checkpoints").path("latest");
            return latest.path("completed").path("id").asLong()
                    > latest.path("savepoint").path("id").asLong();
        });
    }

    private static void aMissingFileIsSeen(SnapshotsClient snapshots, SnapshotView snapshot) throws IOException {
        assertThat(snapshot.restorable()).isTrue();
        Path part;
        try (var all = Files.walk(files(snapshot))) {
            part = all.filter(file -> !file.endsWith("_metadata"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(part);
        assertThat(snapshots.get(snapshot.id()).restorable()).isFalse();
    }

    private static SnapshotView newest(SnapshotsClient snapshots, SnapshotOrigin origin) {
        List<SnapshotView> all = snapshots.list().stream()
                .filter(snapshot -> snapshot.origin() == origin)
                .toList();
        assertThat(all).isNotEmpty();
        await().atMost(CONVERGED).until(() -> snapshots.get(all.get(0).id()).bytes() != null);
        return snapshots.get(all.get(0).id());
    }

    private static void refused(SnapshotsClient snapshots, SnapshotView snapshot) {
        assertThatThrownBy(() -> snapshots.dispose(snapshot.id()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.problem().code()).isEqualTo("SNAPSHOT_IN_USE"));
        assertThat(files(snapshot)).exists();
    }
}
