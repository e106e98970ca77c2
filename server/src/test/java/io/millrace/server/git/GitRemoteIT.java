package io.millrace.server.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.jobfile.JobFiles;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitAddress;
import io.millrace.core.git.GitSource;
import io.millrace.server.connection.TestEgress;
import io.millrace.testkit.TestCertificates;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** A repository on disk, and behind real servers for HTTPS and SSH. */
@Timeout(300)
class GitRemoteIT {
    private static final String JOB = "---\nname: a\n---\nINSERT INTO t SELECT 1\n";
    private static final GitLimits LIMITS = new GitLimits(Duration.ofSeconds(60), 10L << 20);

    @TempDir
    private Path folder;

    private BareRepository repository;

    @BeforeEach
    void push() throws Exception {
        repository = BareRepository.create(folder.resolve("repo.git"));
        repository.push("main", "Old", Map.of("jobs/a.sql", "---\nname: a\n---\nINSERT INTO t SELECT 0\n"));
        repository.push("main", "Begin", Map.of("jobs/a.sql", JOB, "README.md", "Hello"));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private GitRemote remote(List<String> hosts, GitLimits limits) {
        var egress = TestEgress.allowing(hosts, List.of(folder.toUri().toString()));
        return new GitRemote(folder.resolve("scratch"), new GitTransports(new GitReach(egress)), limits);
    }

    private GitRemote remote() {
        return remote(List.of("*"), LIMITS);
    }

    private static GitSource source(String url, Optional<String> hostKey, Optional<String> ca) {
        return new GitSource(GitAddress.parse(url), "main", "jobs", Optional.empty(), Optional.empty(), hostKey, ca);
    }

    private static void isRead(GitFiles files) {
        assertThat(files.commit().message()).isEqualTo("Begin");
        assertThat(files.files().stream().collect(Collectors.toMap(JobFiles.Source::name, JobFiles.Source::content)))
                .isEqualTo(Map.of("jobs/a.sql", JOB));
        assertThat(files.problems()).isEmpty();
    }

    private static void fails(ErrorCode code, String pointer, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MillraceException.class, failure -> {
            assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
            assertThat(failure.flaws().get(0).pointer()).isEqualTo(pointer);
            assertThat(failure.getMessage()).doesNotContain(GitHosts.TOKEN);
        });
    }

    @Test
    void readsTheNewestCommitOfAFolderAndKeepsNothing() throws Exception {
        GitSource source = source(repository.url(), Optional.empty(), Optional.empty());

        isRead(remote().read(source, Map.of()));

        assertThat(remote().head(source, Map.of())).hasSize(40);
        try (var left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesACommitThatIsTooLarge() throws Exception {
        StringBuilder noise = new StringBuilder();
        new Random(7).ints(2_000_000, 33, 126).forEach(c -> noise.append((char) c));
        repository.push("main", "Large", Map.of("large.bin", noise.toString(), "jobs/a.sql", JOB));
        GitSource source = source(repository.url(), Optional.empty(), Optional.empty());

        fails(
                ErrorCode.GIT_INVALID,
                "/url",
                () -> remote(List.of("*"), new GitLimits(Duration.ofSeconds(60), 100_000))
                        .read(source, Map.of()));
    }

    @Test
    void givesUpWhenItTakesTooLong() {
        GitSource source = source(repository.url(), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> remote(List.of("*"), new GitLimits(Duration.ZERO, 10L << 20))
                        .read(source, Map.of()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("millrace.git.fetch-limit");
    }

    @Test
    void refusesAFewObjectsThatStandForEndlessFolders() throws Exception {
        repository.pushNested("main", 60);
        var everything = new GitSource(
                GitAddress.parse(repository.url()),
                "main",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        fails(ErrorCode.GIT_INVALID, "/url", () -> remote().read(everything, Map.of()));
    }

    @Test
    void settingsOfTheServersUserCountForNothing() {
        remote();

        assertThat(SystemReader.getInstance().openUserConfig(null, FS.DETECTED).getFile())
                .isNull();
    }

    @Test
    void refusesARepositoryWhoseObjectsAreElsewhere(@TempDir Path elsewhere) throws Exception {
        Path objects = repository.folder().resolve("objects");
        Files.move(objects, elsewhere.resolve("objects"));
        Files.createSymbolicLink(objects, elsewhere.resolve("objects"));

        fails(
                ErrorCode.EGRESS_DENIED,
                "/url",
                () -> remote().read(source(repository.url(), Optional.empty(), Optional.empty()), Map.of()));
    }

    @Test
    void refusesARepositoryThatBorrowsObjects() throws Exception {
        Files.createDirectories(repository.folder().resolve("objects/info"));
        Files.writeString(repository.folder().resolve("objects/info/alternates"), "/elsewhere/objects\n");

        fails(
                ErrorCode.EGRESS_DENIED,
                "/url",
                () -> remote().read(source(repository.url(), Optional.empty(), Optional.empty()), Map.of()));
    }

    @Test
    void refusesALinkThatLeavesTheAllowedFolders(@TempDir Path elsewhere) throws Exception {
        try (BareRepository other = BareRepository.create(elsewhere.resolve("other.git"))) {
            other.push("main", "Secret", Map.of("jobs/a.sql", JOB));
            Path link = Files.createSymbolicLink(folder.resolve("link.git"), other.folder());

            fails(
                    ErrorCode.EGRESS_DENIED,
                    "/url",
                    () -> remote().head(source("file://" + link, Optional.empty(), Optional.empty()), Map.of()));
        }
    }

    @Test
    void readsOverHttpsWithAToken() throws Exception {
        var certificates = TestCertificates.in(Files.createDirectory(folder.resolve("tls")));
        Optional<String> ca = Optional.of(Files.readString(certificates.authority()));
        try (var host = new GitHosts.Https(repository.repository(), certificates)) {
            GitSource source = source(host.url("repo.git"), Optional.empty(), ca);

            isRead(remote().read(source, Map.of(GitSource.TOKEN, GitHosts.TOKEN)));

            fails(
                    ErrorCode.GIT_INVALID,
                    "/secrets/token",
                    () -> remote().read(source, Map.of(GitSource.TOKEN, "wrong")));
            fails(ErrorCode.GIT_INVALID, "/secrets/token", () -> remote().read(source, Map.of()));
            fails(
                    ErrorCode.GIT_INVALID,
                    "/caCertificate",
                    () -> remote().read(
                                    source(host.url("repo.git"), Optional.empty(), Optional.empty()),
                                    Map.of(GitSource.TOKEN, GitHosts.TOKEN)));
            fails(
                    ErrorCode.GIT_INVALID,
                    "/url",
                    () -> remote().head(
                                    source(host.url("moved.git"), Optional.empty(), ca),
                                    Map.of(GitSource.TOKEN, GitHosts.TOKEN)));
            for (String bad : List.of("files.git", "endless.git")) {
                fails(
                        ErrorCode.GIT_INVALID,
                        "/url",
                        () -> remote().head(source(host.url(bad), Optional.empty(), ca), Map.of()));
            }
            fails(
                    ErrorCode.EGRESS_DENIED,
                    "/url",
                    () -> remote(List.of("git.example.com"), LIMITS)
                            .head(source, Map.of(GitSource.TOKEN, GitHosts.TOKEN)));
        }
    }

    @Test
    void readsOverSshWithAKeyFromTheServerThatIsKnown() throws Exception {
        KeyPair host = pair();
        KeyPair user = pair();
        try (var server = new GitHosts.Ssh(repository.repository(), host, user)) {
            GitSource source =
                    source(server.url(), Optional.of(PublicKeyEntry.toString(host.getPublic())), Optional.empty());

            isRead(remote().read(source, Map.of(GitSource.KEY, text(user))));

            fails(
                    ErrorCode.GIT_INVALID,
                    "/secrets/privateKey",
                    () -> remote().head(source, Map.of(GitSource.KEY, text(pair()))));
            fails(
                    ErrorCode.GIT_INVALID,
                    "/secrets/privateKey",
                    () -> remote().head(source, Map.of(GitSource.KEY, "no key")));
            GitSource other =
                    source(server.url(), Optional.of(PublicKeyEntry.toString(pair().getPublic())), Optional.empty());
            fails(ErrorCode.GIT_INVALID, "/hostKey", () -> remote().head(other, Map.of(GitSource.KEY, text(user))));
        }
    }

    private static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String text(KeyPair keys) throws Exception {
        var bytes = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(keys, "test", null, bytes);
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
