package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionTester.TestReport;
import io.millrace.server.connection.probe.ProbeLine;
import io.millrace.server.connection.probe.ProbeRequest;
import io.millrace.testkit.AtOnce;
import io.millrace.testkit.FakeMysql;
import io.millrace.testkit.TestMariaDb;
import io.millrace.testkit.TestPostgres;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Real processes against a real PostgreSQL and against servers that mean no good. */
@Timeout(120)
class ConnectionTesterIT {
    private static final String CANARY = "canary-91c4-secret";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration CASE_LIMIT = Duration.ofMinutes(2);
    private static final List<String> KINDS = List.of("postgres", "mysql", "kafka", "redis");

    @TempDir
    private Path folder;

    private final ConnectionTester tester = new ConnectionTester(ServerClasspath.find(), LIMIT);

    @ParameterizedTest
    @EnumSource
    void signsInToPostgres(TestPostgres.Version version) {
        TestPostgres.Database database = TestPostgres.createDatabase(version);

        TestReport report = tester.test(postgres(database.port(), database.name(), "postgres"));

        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.stages())
                .extracting(ProbeLine::stage)
                .containsExactly("RESOLVE", "CONNECT", "AUTHENTICATE", "LIST");
        assertThat(report.stages().get(3).message()).isEqualTo("The user sees 0 tables.");
    }

    @Test
    void signsInToMariaDb() {
        TestMariaDb.Database database = TestMariaDb.createDatabase();
        database.execute("CREATE TABLE t (id int)");

        TestReport report = tester.test(mysql(database.port(), database.password()));

        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.stages().get(2).message()).contains("the server is MariaDB 10.");
        assertThat(report.stages().get(3).message()).isEqualTo("The user sees 1 tables.");
        assertThat(failed(tester.test(mysql(database.port(), CANARY))))
                .startsWith("AUTHENTICATE: The server does not let the user in;")
                .doesNotContain(CANARY);
    }

    @Test
    void saysWhichStageFailed() throws IOException {
        TestPostgres.Database database = TestPostgres.createDatabase();
        assertThat(failed(tester.test(postgres(database.port(), "nowhere", "postgres"))))
                .isEqualTo("AUTHENTICATE: The server has no database 'nowhere'.");
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(failed(tester.test(postgres(closed, "x", "postgres"))))
                .isEqualTo("CONNECT: Nothing listens there; check host and port.");
        var unknown = new HashMap<>(postgres(1, "x", "x").fields());
        unknown.put("host", "nowhere.invalid");
        assertThat(failed(tester.test(request("postgres", unknown, Map.of("password", CANARY)))))
                .isEqualTo("RESOLVE: The host 'nowhere.invalid' is not known; check its name.");
    }

    @Test
    void holdsWhatANameResolvesToAgainstThePolicy() {
        var request = new ProbeRequest(
                "redis",
                Map.of("host", "localhost", "port", 6379, "database", 0, "tls", false),
                Map.of(),
                List.of("*"),
                List.of("127.0.0.0/8", "::1"));

        assertThat(failed(tester.test(request)))
                .isEqualTo("RESOLVE: 'localhost' is at an address that this installation never connects to.");
    }

    @TestFactory
    List<DynamicTest> endsWhenAServerAcceptsAndNeverAnswers() {
        return AtOnce.forEach(KINDS, CASE_LIMIT, ConnectionTesterIT::endsThoughTheServerIsSilent);
    }

    private static void endsThoughTheServerIsSilent(String kind) throws IOException {
        // One tester lets a few tests run at a time; here, none is to wait for another.
        ConnectionTester tester = new ConnectionTester(ServerClasspath.find(), LIMIT);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            TestReport report = tester.test(of(kind, silent.getLocalPort()));

            assertThat(report.ok()).isFalse();
            assertThat(failed(report)).startsWith("AUTHENTICATE: ");
            assertThat(report.millis()).isLessThan(LIMIT.plusSeconds(5).toMillis());
            assertThat(report.toString()).doesNotContain(CANARY);
        }
    }

    @Test
    void endsAProcessThatTakesTooLong() throws IOException {
        var hasty = new ConnectionTester(ServerClasspath.find(), Duration.ofSeconds(3));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            TestReport report = hasty.test(of("kafka", silent.getLocalPort()));

            assertThat(failed(report)).endsWith("This took longer than 3 seconds and was ended.");
        }
        assertThat(children()).isEmpty();
    }

    /** An error of two GiB, a line without an end, and one that repeats the password. */
    @TestFactory
    List<DynamicTest> survivesAServerThatSendsWithoutEnd() {
        return AtOnce.forEach(KINDS, CASE_LIMIT, ConnectionTesterIT::survivesAFlood);
    }

    private static void survivesAFlood(String kind) throws IOException {
        ConnectionTester tester = new ConnectionTester(ServerClasspath.find(), LIMIT);
        byte[] flood =
                ("E\u007f\u00ff\u00ff\u00f0-ERR " + CANARY + " ").repeat(500).getBytes(StandardCharsets.ISO_8859_1);
        CompletableFuture<Void> serving;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            serving = CompletableFuture.runAsync(() -> flood(server, flood));

            TestReport report = tester.test(of(kind, server.getLocalPort()));

            assertThat(report.ok()).as(report.toString()).isFalse();
            assertThat(report.toString()).doesNotContain(CANARY);
        }
        serving.join();
    }

    @Test
    void sendsNoFileToAMysqlThatAsksForOneAndMakesNoObjectOfWhatItSends() throws IOException {
        Path file = Files.writeString(folder.resolve("secret.txt"), "canary-of-the-file");
        try (var server = new FakeMysql(FakeMysql.Manner.thirst(file.toString()))) {
            TestReport report = tester.test(mysql(server.port(), CANARY));

            assertThat(failed(report)).startsWith("AUTHENTICATE: ").doesNotContain("took longer");
            assertThat(server.answers()).isPositive();
            assertThat(server.heard()).contains("millrace").doesNotContain("canary-of-the-file", CANARY);
        }
    }

    @Test
    void signsInToRedisAndHidesWhatItSendsBack() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var serving = CompletableFuture.supplyAsync(() -> redis(server));

            TestReport report = tester.test(of("redis", server.getLocalPort()));

            assertThat(report.ok()).as(report.toString()).isTrue();
            assertThat(report.stages().get(3).message()).isEqualTo("The database has 42 keys.");
            assertThat(serving.join()).contains("AUTH", CANARY, "SELECT", "PING");
        }
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var serving = CompletableFuture.runAsync(() -> answer(server, "-ERR you sent " + CANARY + "\r\n"));

            TestReport report = tester.test(of("redis", server.getLocalPort()));

            assertThat(failed(report)).isEqualTo("AUTHENTICATE: The server refused AUTH: -ERR you sent ***");
            serving.join();
        }
    }

    @Test
    void putsTheSecretIntoNoArgumentAndNoEnvironment() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var running = CompletableFuture.supplyAsync(() -> tester.test(of("redis", silent.getLocalPort())));
            StringBuilder seen = new StringBuilder();
            try (Socket first = silent.accept();
                    Socket second = silent.accept()) {
                // The process has its secret by now: it waits for the answer to its AUTH.
                assertThat(second.getInputStream().read()).isEqualTo('*');
                List<ProcessHandle> processes = children();
                assertThat(processes).isNotEmpty();
                for (ProcessHandle process : processes) {
                    seen.append(commandLine(process));
                    assertThat(proc(process, "environ")).isEmpty();
                }
                assertThat(first.isConnected()).isTrue();
            }
            assertThat(seen.toString()).contains("ProbeMain", "-Xmx96m").doesNotContain(CANARY);
            assertThat(running.join().toString()).doesNotContain(CANARY);
        }
    }

    @Test
    void looksAtAFolder() throws IOException {
        Files.createDirectory(folder.resolve("db"));
        Files.createFile(folder.resolve("file"));

        TestReport report = tester.test(request("filesystem", Map.of("root", uri(folder)), Map.of()));
        TestReport none = tester.test(request("filesystem", Map.of("root", uri(folder.resolve("none"))), Map.of()));
        TestReport file = tester.test(request("filesystem", Map.of("root", uri(folder.resolve("file"))), Map.of()));

        assertThat(report.stages().get(3).message()).isEqualTo("The folder has 2 entries.");
        assertThat(none.ok()).isTrue();
        assertThat(failed(file)).startsWith("CONNECT: ").endsWith("is no folder.");
    }

    private static String uri(Path path) {
        return "file://" + path;
    }

    private static ProbeRequest of(String kind, int port) {
        return switch (kind) {
            case "postgres" -> postgres(port, "crm", CANARY);
            case "mysql" -> mysql(port, CANARY);
            case "redis" ->
                request(
                        "redis",
                        Map.of("host", "127.0.0.1", "port", port, "database", 0, "tls", false),
                        Map.of("password", CANARY));
            default ->
                request(
                        "kafka",
                        Map.of(
                                "bootstrapServers", List.of("127.0.0.1:" + port),
                                "securityProtocol", "SASL_PLAINTEXT",
                                "saslMechanism", "PLAIN",
                                "username", "app"),
                        Map.of("password", CANARY));
        };
    }

    private static ProbeRequest mysql(int port, String password) {
        return request(
                "mysql",
                Map.of("host", "127.0.0.1", "port", port, "username", "millrace", "tls", "disable"),
                Map.of("password", password));
    }

    private static ProbeRequest postgres(int port, String database, String password) {
        return request(
                "postgres",
                Map.of(
                        "host", "127.0.0.1",
                        "port", port,
                        "database", database,
                        "username", "postgres",
                        "tls", "prefer"),
                Map.of("password", password));
    }

    private static ProbeRequest request(String kind, Map<String, Object> fields, Map<String, String> secrets) {
        return new ProbeRequest(kind, fields, secrets, List.of("*"), List.of());
    }

    private static String failed(TestReport report) {
        return report.stages().stream()
                .filter(stage -> stage.outcome().equals(ProbeLine.FAILED))
                .map(stage -> stage.stage() + ": " + stage.message())
                .collect(Collectors.joining("; "));
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> commandLine(child).contains("ProbeMain"))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        return proc(process, "cmdline");
    }

    /** Empty if the process is gone. */
    private static String proc(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static void flood(ServerSocket server, byte[] bytes) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                while (!socket.isClosed()) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                // The other end had enough, or the test is over.
            }
        }
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket port = server.accept();
                Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isPositive();
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            assertThat(port.isConnected()).isTrue();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers four commands and gives back all that it was sent. */
    private static String redis(ServerSocket server) {
        StringBuilder sent = new StringBuilder();
        try (Socket port = server.accept();
                Socket socket = server.accept()) {
            assertThat(port.isConnected()).isTrue();
            InputStream in = socket.getInputStream();
            for (String answer : List.of("+OK", "+OK", "+PONG", ":42")) {
                sent.append(new String(in.readNBytes(1), StandardCharsets.UTF_8));
                sent.append(new String(in.readNBytes(in.available()), StandardCharsets.UTF_8));
                socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return sent.toString();
    }
}
