package io.millrace.dist.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.dist.e2e.Millrace.Answer;
import io.millrace.testkit.TestCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Kafka cluster that speaks TLS only, with a certificate for {@code localhost} that a test authority signed. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaTlsE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private final Millrace millrace;
    private TestCertificates signed;
    private TestCertificates foreign;
    private Process broker;
    private int port;

    KafkaTlsE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @BeforeAll
    void start() throws Exception {
        signed = TestCertificates.in(Files.createDirectory(folder.resolve("signed")));
        foreign = TestCertificates.in(Files.createDirectory(folder.resolve("foreign")));
        port = freePort();
        broker = broker(freePort());
        await("the broker listens").atMost(LIMIT).until(this::listens);
    }

    @AfterAll
    void stop() throws Exception {
        broker.destroyForcibly().waitFor();
    }

    @Test
    void readsAndWritesThroughACertificateThatItTrustsOnly() throws Exception {
        assertThat(tried("localhost", foreign))
                .as("another signer of the same name")
                .contains("certificate is not accepted");
        assertThat(tried("127.0.0.1", signed))
                .as("a certificate of another host")
                .contains("certificate is not accepted");
        assertThat(tried("localhost", signed)).doesNotContain("FAILED").contains("The cluster has one broker.");

        Answer made = millrace.run("catalog", "connections", "create", "-f", file("localhost", signed));
        assertThat(made.exit()).as(made.err()).isZero();
        Answer rows = millrace.run(
                "sql",
                "-o",
                "json",
                "--max-rows",
                "2",
                "-e",
                "CREATE TABLE kafka.tls.clicks (n INT) WITH ('topic' = 'clicks'); SET 'table.dml-sync' = 'true';"
                        + " INSERT INTO kafka.tls.clicks VALUES (41), (42);"
                        + " SELECT n FROM kafka.tls.clicks");

        assertThat(rows.exit()).as(rows.err()).isZero();
        assertThat(rows.out()).contains("{\"n\":41}", "{\"n\":42}");
    }

    /** What a test of a connection that is not kept says. */
    private String tried(String host, TestCertificates trusted) throws Exception {
        return millrace.run("catalog", "connections", "test", "-f", file(host, trusted))
                .out();
    }

    private String file(String host, TestCertificates trusted) throws IOException {
        String pem = Files.readString(trusted.authority())
                .lines()
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve("tls.yaml"), """
                name: tls
                kind: kafka
                fields:
                  bootstrapServers: ["%s:%d"]
                  securityProtocol: SSL
                  caCertificate: |
                %s
                """.formatted(host, port, pem))
                .toString();
    }

    private Process broker(int controller) throws Exception {
        Path store = folder.resolve("server-store.pem");
        Files.writeString(store, Files.readString(signed.key()) + Files.readString(signed.certificate()));
        Path properties = Files.write(
                folder.resolve("server.properties"),
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@127.0.0.1:" + controller,
                        "listeners=SSL://localhost:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                        "advertised.listeners=SSL://localhost:" + port,
                        "inter.broker.listener.name=SSL",
                        "listener.security.protocol.map=SSL:SSL,CONTROLLER:PLAINTEXT",
                        "controller.listener.names=CONTROLLER",
                        "ssl.keystore.type=PEM",
                        "ssl.keystore.location=" + store,
                        "ssl.truststore.type=PEM",
                        "ssl.truststore.location=" + signed.authority(),
                        "log.dirs=" + folder.resolve("kafka"),
                        "num.partitions=1",
                        "offsets.topic.replication.factor=1",
                        "transaction.state.log.replication.factor=1",
                        "transaction.state.log.min.isr=1",
                        "auto.create.topics.enable=true"));
        Process format = kafka(
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                "TWlsbHJhY2VUbHNUZXN0MQ",
                "--config",
                properties.toString());
        assertThat(format.waitFor()).isZero();
        return kafka("kafka.Kafka", properties.toString());
    }

    private static Process kafka(String... arguments) throws IOException {
        Path jars = Path.of(requireNonNull(System.getProperty("millrace.distribution")), "kafka", "lib");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                jars + File.separator + "*"));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("kafka.log").toFile()))
                .start();
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
