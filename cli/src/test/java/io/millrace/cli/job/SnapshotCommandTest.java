package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Page;
import io.millrace.api.job.OrphanView;
import io.millrace.api.job.SnapshotOrigin;
import io.millrace.api.job.SnapshotPhase;
import io.millrace.api.job.SnapshotReference;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class SnapshotCommandTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ID = "0b9ce7ee-9a1c-4b8e-8f4e-3a1f6a5d2c10";
    private static final String SNAPSHOTS = "/workspaces/default/jobs/orders/snapshots";

    @TempDir
    Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }

    private static SnapshotView snapshot(SnapshotPhase phase) {
        boolean there = phase == SnapshotPhase.AVAILABLE;
        return new SnapshotView(
                ID,
                "default",
                "orders",
                "local",
                3,
                2,
                SnapshotOrigin.REQUEST,
                phase,
                there ? "file:///savepoints/x/savepoint-1" : null,
                there ? 7L : null,
                there ? 3_670_016L : null,
                there,
                there ? null : "It went wrong.",
                false,
                List.of(SnapshotReference.NEWEST),
                NOON,
                NOON);
    }

    @Test
    void listsWithSizesAndWhatNeedsThem() {
        server.on("GET " + SNAPSHOTS, new Page<>(List.of(snapshot(SnapshotPhase.AVAILABLE)), null));

        Run.Result result = run("snapshot", "list", "orders");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains(ID, "REQUEST", "3.5 MiB", "yes", "NEWEST", "file:///savepoints/x");
    }

    @Test
    void saysHowToMakeTheFirst() {
        server.on("GET " + SNAPSHOTS, new Page<>(List.<SnapshotView>of(), null));

        assertThat(run("snapshot", "list", "orders").err()).contains("millrace snapshot trigger orders");
    }

    @Test
    void waitsUntilTheSavepointIsThere() {
        server.on("POST " + SNAPSHOTS, 202, snapshot(SnapshotPhase.INTENT));
        server.on("GET " + SNAPSHOTS + "/" + ID, snapshot(SnapshotPhase.AVAILABLE));

        Run.Result result = run("snapshot", "trigger", "orders", "--wait");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("file:///savepoints/x/savepoint-1");
    }

    @Test
    void aSavepointThatFailsHasAnExitCodeAndAReason() {
        server.on("POST " + SNAPSHOTS, 202, snapshot(SnapshotPhase.INTENT));
        server.on("GET " + SNAPSHOTS + "/" + ID, snapshot(SnapshotPhase.FAILED));

        Run.Result result = run("snapshot", "trigger", "orders", "--wait");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("It went wrong.");
    }

    @Test
    void pinsShowsAndDisposes() {
        String one = SNAPSHOTS + "/" + ID;
        server.on("GET " + one, snapshot(SnapshotPhase.AVAILABLE));
        server.on("PATCH " + one, snapshot(SnapshotPhase.AVAILABLE));
        server.on("DELETE " + one, 202, snapshot(SnapshotPhase.DISPOSING));

        assertThat(run("snapshot", "show", "orders", ID).out()).contains("3.5 MiB in 7 files", "restorable     yes");
        assertThat(run("snapshot", "pin", "orders", ID).exitCode()).isZero();
        assertThat(run("snapshot", "unpin", "orders", ID).exitCode()).isZero();
        assertThat(run("snapshot", "dispose", "orders", ID).out()).contains("is being deleted");
    }

    @Test
    void importsAndSaysHowToBeginWithIt() {
        server.on("POST /workspaces/default/jobs/orders/snapshot-imports", 201, snapshot(SnapshotPhase.AVAILABLE));

        assertThat(run("snapshot", "import", "orders", "file:///imports/default/x")
                        .out())
                .contains("millrace job start orders --from file:///savepoints/x/savepoint-1");
    }

    @Test
    void listsOrphansAndDeletesOne() {
        var left = new OrphanView(
                ID, "local", "default", "orders", 3L, SnapshotOrigin.STOP, "file:///left", 1L, 2048L, NOON);
        var stray = new OrphanView(null, "local", null, null, null, null, "file:///stray", 1L, 10L, null);
        server.on("GET /snapshot-orphans", new Page<>(List.of(left, stray), null));
        server.on("DELETE /snapshot-orphans/" + ID, 202, "");

        assertThat(run("snapshot", "orphans").out())
                .contains(ID, "default.orders", "2.0 KiB", "file:///left", "10 B", "file:///stray");
        assertThat(run("snapshot", "orphans", "--dispose", ID).exitCode()).isZero();
    }
}
