package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionTester.TestReport;
import io.millrace.server.connection.probe.ProbeLine;
import io.millrace.server.connection.probe.ProbeRequest;
import io.millrace.testkit.AtOnce;
import io.millrace.testkit.TestHiveMetastore;
import io.millrace.testkit.TestIcebergRest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Real processes that try connections to a real Iceberg catalog and a real Hive metastore. */
@Timeout(180)
class LakeTesterIT {
    private static final String CANARY = "canary-77d0-token";

    private final ConnectionTester tester = new ConnectionTester(ServerClasspath.find(), Duration.ofSeconds(10));

    @TempDir
    private Path folder;

    @Test
    void asksAnIcebergCatalogForItsNamespaces() {
        try (TestIcebergRest server = TestIcebergRest.start(folder)) {
            TestReport report = tester.test(iceberg(server.uri()));

            assertThat(messages(report))
                    .endsWith("An Iceberg catalog answers and takes the token.", "The catalog has 0 namespaces.");
            assertThat(report.ok()).isTrue();
        }
    }

    @Test
    void looksAtTheFolderOfAHadoopCatalog() {
        Map<String, Object> fields =
                Map.of("catalogType", "hadoop", "root", folder.toUri().toString());

        assertThat(tester.test(request("iceberg", fields)).ok()).isTrue();
    }

    @Test
    void asksAHiveMetastoreForItsDatabases() {
        try (TestHiveMetastore server = TestHiveMetastore.start(folder)) {
            TestReport report = tester.test(hive(server.port()));

            assertThat(messages(report)).endsWith("The metastore has 1 databases.");
            assertThat(report.ok()).isTrue();
        }
    }

    @TestFactory
    List<DynamicTest> endsWhenAServerAcceptsAndNeverAnswers() {
        return AtOnce.forEach(List.of("iceberg", "hive"), Duration.ofMinutes(1), this::endsThoughTheServerIsSilent);
    }

    private void endsThoughTheServerIsSilent(String kind) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = silent.getLocalPort();
            TestReport report = tester.test(kind.equals("hive") ? hive(port) : iceberg("http://127.0.0.1:" + port));

            assertThat(report.ok()).isFalse();
            assertThat(report.toString()).doesNotContain(CANARY);
        }
    }

    private static ProbeRequest iceberg(String uri) {
        return request("iceberg", Map.of("catalogType", "rest", "uri", uri));
    }

    private static ProbeRequest hive(int port) {
        return request("hive", Map.of("metastore", List.of("127.0.0.1:" + port), "root", "file:///srv/hive"));
    }

    private static ProbeRequest request(String kind, Map<String, Object> fields) {
        return new ProbeRequest(kind, fields, Map.of("token", CANARY), List.of("*"), List.of());
    }

    private static List<String> messages(TestReport report) {
        return report.stages().stream().map(ProbeLine::message).toList();
    }
}
