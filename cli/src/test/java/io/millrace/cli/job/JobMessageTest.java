package io.millrace.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Page;
import io.millrace.api.job.AppliedJob;
import io.millrace.api.job.JobArtifact;
import io.millrace.api.job.JobChange;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobVersionView;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class JobMessageTest {
    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isKeptWithTheVersionThatAnApplyMakes() throws IOException {
        Files.writeString(folder.resolve("orders.sql"), "---\nname: orders\n---\nINSERT INTO a SELECT 1\n");
        server.on("PUT /workspaces/default/jobs/orders", new AppliedJob(JobChange.CREATED, "", null, null, null));

        Run.Result result =
                Run.in(folder).with(server).run("job", "apply", "-f", "orders.sql", "-m", "Count bots apart.");

        assertThat(result.exitCode()).isZero();
        assertThat(server.requests())
                .containsExactly("PUT /workspaces/default/jobs/orders "
                        + "{\"script\":\"INSERT INTO a SELECT 1\\n\",\"message\":\"Count bots apart.\"}");
    }

    @Test
    void isListedWithTheVersions() {
        var spec = new JobSpec("INSERT INTO a SELECT 1", JobMode.STREAMING, "local", 1, "PT30S", null, Map.of());
        var code = new JobArtifact("warehouse.main.host", "sha256:" + "0123456789abcdef".repeat(4));
        var version = new JobVersionView(
                3, spec, "alice", "Count bots apart.", Instant.parse("2026-03-01T12:00:00Z"), List.of(code));
        server.on("GET /workspaces/default/jobs/orders/versions", new Page<>(List.of(version), null));

        Run.Result result = Run.in(folder).with(server).run("job", "history", "orders", "--versions");

        assertThat(result.out())
                .containsSubsequence("| message ", "Count bots apart.", "warehouse.main.host sha256:0123456789ab\n");
    }
}
