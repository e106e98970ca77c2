package io.millrace.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Page;
import io.millrace.api.connection.SecretView;
import io.millrace.api.git.GitBindingView;
import io.millrace.api.git.GitBoundJobView;
import io.millrace.api.git.GitCommitView;
import io.millrace.api.git.GitJobChange;
import io.millrace.api.git.GitJobView;
import io.millrace.api.git.GitProblemView;
import io.millrace.api.git.GitPullState;
import io.millrace.api.git.GitPullView;
import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.jspecify.annotations.Nullable;
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

class GitCommandTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String GIT = "/workspaces/payments/git";
    private static final GitCommitView COMMIT = new GitCommitView(
            "3f2b9c81d0aabbccddeeff001122334455667788", "Dora <d@example.com>", "Split refunds\n\nMore.");

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

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }

    private static GitPullView pull(
            GitPullState state,
            boolean dryRun,
            List<GitProblemView> problems,
            List<GitJobView> jobs,
            @Nullable String code) {
        return new GitPullView(
                7,
                "alice",
                dryRun,
                state,
                COMMIT,
                code,
                code == null ? null : "/url",
                "That is so.",
                problems,
                jobs,
                NOON,
                NOON);
    }

    private static GitBindingView binding(@Nullable GitPullView last) {
        return new GitBindingView(
                "https://git.example.com/jobs.git",
                "main",
                "jobs",
                "PT5M",
                null,
                null,
                null,
                Map.of("token", new SecretView("VALUE", null, "k1")),
                "alice",
                2,
                NOON,
                COMMIT.id(),
                List.of(new GitBoundJobView("refunds", "jobs/refunds.sql", COMMIT.id(), 3)),
                last);
    }

    @Test
    void setsWithASecretFromAFile() throws IOException {
        Files.writeString(folder.resolve("token"), "t0ken\n");
        server.on("PUT " + GIT, binding(null));

        Run.Result result = run(
                "workspace",
                "git",
                "set",
                "payments",
                "--url",
                "https://git.example.com/jobs.git",
                "--folder",
                "jobs",
                "--interval",
                "5min",
                "--secret-file",
                "token=token");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("with the rights of 'alice'").doesNotContain("t0ken");
        assertThat(server.requests())
                .containsExactly("PUT " + GIT + " {\"url\":\"https://git.example.com/jobs.git\",\"folder\":\"jobs\","
                        + "\"interval\":\"PT5M\",\"secrets\":{\"token\":\"t0ken\"}}");
    }

    @Test
    void waitsForAPullAndSaysWhatItDid() {
        var jobs = List.of(
                new GitJobView("refunds", "jobs/refunds.sql", GitJobChange.UPDATED, 3, "", ""),
                new GitJobView("old", "jobs/old.sql", GitJobChange.LEFT, 1, "", "The file is gone."));
        server.on("POST " + GIT + "/pulls", pull(GitPullState.RUNNING, false, List.of(), List.of(), null));
        server.on("GET " + GIT + "/pulls/7", pull(GitPullState.APPLIED, false, List.of(), jobs, null));

        assertThat(run("workspace", "git", "pull", "payments")).isEqualTo(new Run.Result(0, """
                        refunds: updated (version 3) jobs/refunds.sql
                        old: left (version 1) jobs/old.sql The file is gone.
                        APPLIED of commit 3f2b9c81d0 Split refunds. That is so.
                        """, ""));
    }

    @Test
    void aDryRunShowsDifferences() {
        var jobs = List.of(new GitJobView("refunds", "refunds.sql", GitJobChange.CREATED, 0, "+SELECT 1\n", ""));
        server.on("POST " + GIT + "/pulls", pull(GitPullState.PLANNED, true, List.of(), jobs, null));

        assertThat(run("workspace", "git", "pull", "payments", "--dry-run").out())
                .startsWith("refunds: would be created refunds.sql\n  +SELECT 1\n");
        assertThat(server.requests()).containsExactly("POST " + GIT + "/pulls {\"dryRun\":true,\"takeOver\":false}");
    }

    @Test
    void aRefusedCommitIsToldAsCompilersDo() {
        var problems = List.of(
                new GitProblemView("a.sql", 9, 8, "Column 'amout' not found", "Did you mean 'amount'?"),
                new GitProblemView("b.sql", null, null, "is a link", null));
        server.on(
                "POST " + GIT + "/pulls", pull(GitPullState.REFUSED, false, problems, List.of(), "GIT_COMMIT_INVALID"));

        assertThat(run("workspace", "git", "pull", "payments")).isEqualTo(new Run.Result(2, "", """
                        a.sql:9:8: Column 'amout' not found (Did you mean 'amount'?)
                        b.sql: is a link
                        REFUSED (GIT_COMMIT_INVALID, /url) of commit 3f2b9c81d0 Split refunds. That is so.
                        """));
    }

    @Test
    void showsTheBindingAndItsHistory() {
        GitPullView failed = pull(GitPullState.FAILED, false, List.of(), List.of(), "GIT_UNREACHABLE");
        server.on("GET " + GIT, binding(failed));
        server.on("GET " + GIT + "/pulls", new Page<>(List.of(failed), null));

        assertThat(run("workspace", "git", "show", "payments").out())
                .contains("url        https://git.example.com/jobs.git\n", "acts as    alice\n", "refunds (version 3)")
                .contains("last pull  FAILED (GIT_UNREACHABLE, /url)");
        assertThat(run("workspace", "git", "history", "payments").out()).contains("alice", "FAILED", "That is so.");
    }
}
