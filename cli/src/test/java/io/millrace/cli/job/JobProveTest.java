package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.job.ProofPhase;
import io.millrace.api.job.ProofVerdict;
import io.millrace.api.job.ProofView;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A proof as people and programs see it, and what it decides. */
class JobProveTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String JOB = "GET /workspaces/default/jobs/orders";
    private static final String ASK = "POST /workspaces/default/jobs/orders/versions/3/proofs";
    private static final String SHOW = JOB + "/proofs/7";

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        server.on(JOB, Map.of("name", "orders", "version", 3, "runningVersion", 2, "generation", 9));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }

    private static ProofView proof(ProofPhase phase, @Nullable ProofVerdict verdict, String outcome) {
        return new ProofView(
                "7", "default", "orders", 3, 2L, phase, verdict, outcome, "file:///s/1", 3, null, "alice", NOON, NOON);
    }

    private static ProofView over(ProofVerdict verdict, String outcome) {
        return proof(ProofPhase.OVER, verdict, outcome);
    }

    @Test
    void followsAProofToItsEnd() {
        server.on(ASK, proof(ProofPhase.SAVING, null, ""));
        server.on(SHOW, proof(ProofPhase.RUNNING, null, "")).on(SHOW, over(ProofVerdict.PROVEN, "All tasks ran."));

        Run.Result result = run("job", "compare", "orders", "--prove");

        assertThat(result)
                .isEqualTo(new Run.Result(
                        0,
                        "orders: version 3: PROVEN. All tasks ran. Snapshot: file:///s/1\n",
                        "orders: waiting for the savepoint of the proof\norders: the proof restores the snapshot\n"));
        assertThat(server.requests()).contains(ASK + " {}");
    }

    @Test
    void aRefusalEndsWithOneAndIsReadByPrograms() throws IOException {
        server.on(ASK, over(ProofVerdict.REFUSED, "It does not fit."));

        Run.Result result = run("job", "compare", "orders", "--prove", "--snapshot", "s1", "--output", "json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(Json.lenient().readValue(result.out(), ProofView.class).verdict())
                .isEqualTo(ProofVerdict.REFUSED);
        assertThat(server.requests()).contains(ASK + " {\"snapshot\":\"s1\"}");
    }

    @Test
    void aSnapshotAndAVersionToCompareWithDoNotGoTogether() {
        Run.Result both = run("job", "compare", "orders", "--prove", "--from", "1");
        Run.Result alone = run("job", "compare", "orders", "--snapshot", "s1");

        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).startsWith("millrace: --from: the snapshot says");
        assertThat(alone.exitCode()).isEqualTo(2);
        assertThat(alone.err()).startsWith("millrace: --snapshot goes with --prove");
    }

    @Test
    void deploysWhatIsProven() {
        server.on(ASK, over(ProofVerdict.PROVEN, "All tasks ran."));
        server.on(
                "PATCH /workspaces/default/jobs/orders",
                Map.of("name", "orders", "version", 3, "runningVersion", 2, "generation", 10));

        Run.Result result = run("job", "deploy", "orders", "--prove");

        assertThat(result.out()).contains("version 3 will run");
        assertThat(result.err()).contains("PROVEN. All tasks ran.");
    }

    @Test
    void deploysNothingElse() {
        server.on(ASK, over(ProofVerdict.FAILED, "No slots."));

        Run.Result result = run("job", "deploy", "orders", "--prove");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("FAILED. No slots.", "Nothing was deployed.");
        assertThat(server.requests()).noneMatch(request -> request.startsWith("PATCH"));
        assertThat(run("job", "deploy", "orders", "--prove", "--empty").exitCode())
                .isEqualTo(2);
    }
}
