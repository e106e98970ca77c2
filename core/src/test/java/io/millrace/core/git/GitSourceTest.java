package io.millrace.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Author;
import io.millrace.core.job.JobVersion;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class GitSourceTest {
    private static final String RSA = "ssh-rsa " + "A".repeat(200);

    private static void refuses(String pointer, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MillraceException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.GIT_INVALID);
            assertThat(failure.flaws().get(0).pointer()).isEqualTo(pointer);
        });
    }

    private static GitSource source(String url, String branch, String folder) {
        Optional<String> key = url.startsWith("ssh") ? Optional.of(RSA) : Optional.empty();
        return new GitSource(
                GitAddress.parse(url), branch, folder, Optional.empty(), Optional.empty(), key, Optional.empty());
    }

    @Test
    void readsUrlsOfTheThreeKindsInOneForm() {
        assertThat(List.of(
                        "https://git.example.com/team/jobs.git",
                        "https://git.example.com:8443/jobs.git",
                        "https://[2001:db8::1]/jobs.git",
                        "ssh://dora@git.example.com:2222/jobs.git",
                        "file:///srv/git/jobs.git"))
                .allSatisfy(url -> assertThat(GitAddress.parse(url)).hasToString(url));
        assertThat(GitAddress.parse("ssh://git.example.com/jobs.git"))
                .hasToString("ssh://git@git.example.com/jobs.git");
    }

    @Test
    void refusesWhatIsNoUrlOfARepositoryOrHoldsASecret() {
        for (String url : List.of(
                "",
                "jobs.git",
                "git.example.com/jobs.git",
                "http://git.example.com/jobs.git",
                "ftp://git.example.com/jobs.git",
                "ext::sh -c touch% /tmp/x",
                "https://dora@git.example.com/jobs.git",
                "https://dora:secret@git.example.com/jobs.git",
                "ssh://git:secret@git.example.com/jobs.git",
                "ssh://-oProxyCommand=x/jobs.git",
                "https://git.example.com",
                "https://git.example.com/jobs.git?x=y",
                "https://git.example.com/jobs.git#x",
                "https://git.example.com/../jobs.git",
                "https://git.example.com/a%2e%2e/jobs.git",
                "https://0x7f000001/jobs.git",
                "https://127.1/jobs.git",
                "file://host/jobs.git",
                "file:///srv/../etc",
                "https://git.example.com/" + "x".repeat(500))) {
            refuses("/url", () -> GitAddress.parse(url));
        }
    }

    @Test
    void saysHowToWriteWhatPeopleCopyFromTheirHost() {
        assertThatThrownBy(() -> GitAddress.parse("git@git.example.com:team/jobs.git"))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        failure -> assertThat(failure.flaws().get(0).hint())
                                .hasValue("Write ssh://git@git.example.com/team/jobs.git."));
    }

    @Test
    void refusesBranchesAndFoldersThatLeadElsewhere() {
        String url = "https://git.example.com/jobs.git";
        source(url, "feature/订单-2", "jobs/流");

        for (String branch : List.of("", "-x", "/x", "a..b", "a b", "a//b", "a/", "x.lock", "a:b", "a^", "refs\\x")) {
            refuses("/branch", () -> source(url, branch, ""));
        }
        for (String folder : List.of("/jobs", "jobs/", "..", "a/../b", "a/./b", "a//b", "a\\b", "a\nb")) {
            refuses("/folder", () -> source(url, "main", folder));
        }
    }

    @Test
    void takesOnlyWhatIsOfUseForTheUrl() {
        GitAddress https = GitAddress.parse("https://git.example.com/jobs.git");
        GitAddress ssh = GitAddress.parse("ssh://git.example.com/jobs.git");
        Optional<String> none = Optional.empty();
        refuses("/hostKey", () -> new GitSource(https, "main", "", Optional.empty(), none, Optional.of(RSA), none));
        refuses("/hostKey", () -> new GitSource(ssh, "main", "", Optional.empty(), none, none, none));
        refuses(
                "/hostKey",
                () -> new GitSource(
                        ssh, "main", "", Optional.empty(), none, Optional.of("git.example.com " + RSA), none));
        refuses(
                "/hostKey",
                () -> new GitSource(
                        ssh, "main", "", Optional.empty(), none, Optional.of("ssh-ed25519 " + "A".repeat(68)), none));
        refuses(
                "/userName",
                () -> new GitSource(ssh, "main", "", Optional.empty(), Optional.of("dora"), Optional.of(RSA), none));
        refuses(
                "/caCertificate",
                () -> new GitSource(https, "main", "", Optional.empty(), none, none, Optional.of("no certificate")));
        for (Duration every : List.of(Duration.ofSeconds(29), Duration.ofDays(2))) {
            refuses("/interval", () -> new GitSource(https, "main", "", Optional.of(every), none, none, none));
        }
        assertThat(new GitSource(https, "main", "", Optional.empty(), none, none, none).secrets())
                .containsExactly("token");
    }

    @Test
    void secretsStayOnlyWhereTheyWereSent() {
        GitSource jobs = source("https://git.example.com/jobs.git", "main", "a");

        assertThat(jobs.sendsSecretsAs(source("https://git.example.com/jobs.git", "dev", "b")))
                .isTrue();
        assertThat(jobs.sendsSecretsAs(source("https://git.example.com/other.git", "main", "a")))
                .isFalse();
        assertThat(jobs.sendsSecretsAs(source("https://git.example.org/jobs.git", "main", "a")))
                .isFalse();
    }

    @Test
    void problemsAreShortAndPlain() {
        var problem = new PullProblem("a\u001b[2J.sql", 1, 1, "x".repeat(100_000), Optional.of("y\u0000"));

        assertThat(problem.file()).isEqualTo("a[2J.sql");
        assertThat(problem.message()).hasSize(1_000).endsWith("…");
        assertThat(problem.hint()).contains("y");
    }

    @Test
    void whoReadsTheServersDiskOrTakesItsSecretsUsesTheHost() {
        assertThat(binding("file:///data/jobs.git", Map.of()).usesTheHost()).isTrue();
        assertThat(binding("https://git.example.com/jobs.git", Map.of()).usesTheHost())
                .isFalse();
        assertThat(binding("https://git.example.com/jobs.git", Map.of("token", secret(SecretOrigin.VALUE)))
                        .usesTheHost())
                .isFalse();
        assertThat(binding("https://git.example.com/jobs.git", Map.of("token", secret(SecretOrigin.ENV)))
                        .usesTheHost())
                .isTrue();
    }

    private static StoredSecret secret(SecretOrigin origin) {
        return new StoredSecret(
                origin, "content", origin == SecretOrigin.VALUE ? Optional.of("key") : Optional.empty());
    }

    private static GitBinding binding(String url, Map<String, StoredSecret> secrets) {
        return new GitBinding(
                UUID.randomUUID(),
                new WorkspaceRef(new WorkspaceId(UUID.randomUUID()), new WorkspaceName("w")),
                source(url, "main", ""),
                secrets,
                new Author(UUID.randomUUID(), "dora"),
                1,
                Instant.EPOCH,
                "");
    }

    @Test
    void aVersionsMessageIsTheCommitsAndFits() {
        var commit =
                GitCommit.of("a".repeat(40), "Dora\u0000 <d@example.com>", "Count\u0007 bots\n\n" + "ä".repeat(5_000));

        assertThat(commit.versionMessage())
                .hasSizeLessThanOrEqualTo(1_000)
                .startsWith("Count bots\n\nä")
                .endsWith("…\n\nCommit " + "a".repeat(40) + " by Dora <d@example.com>");
        JobVersion.checkMessage(commit.versionMessage());
    }
}
