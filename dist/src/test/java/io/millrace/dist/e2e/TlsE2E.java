package io.millrace.dist.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.dist.e2e.Millrace.Answer;
import io.millrace.testkit.TestCertificates;
import io.millrace.testkit.TestMariaDb;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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

/** Stores that speak TLS only, with a certificate for {@code localhost} that a test authority signed. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "secret-of-kafka";

    @TempDir
    private static Path folder;

    private final Millrace millrace;
    private TestCertificates signed;
    private TestCertificates foreign;
    private Process broker;
    private int port;
    private int signedIn;

    TlsE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @BeforeAll
    void start() throws Exception {
        signed = TestCertificates.in(Files.createDirectory(folder.resolve("signed")));
        foreign = TestCertificates.in(Files.createDirectory(folder.resolve("foreign")));
        port = freePort();
        signedIn = freePort();
        broker = broker(freePort());
        await("the broker listens").atMost(LIMIT).until(() -> listens(port) && listens(signedIn));
    }

    @AfterAll
    void stop() throws Exception {
        broker.destroyForcibly().waitFor();
    }

    @Test
    void readsAndWritesKafkaThroughACertificateThatItTrustsOnly() throws Exception {
        assertThat(tried(kafka("localhost", foreign)))
                .as("another signer of the same name")
                .contains("certificate is not accepted");
        assertThat(tried(kafka("127.0.0.1", signed)))
                .as("a certificate of another host")
                .contains("certificate is not accepted");
        assertThat(tried(kafka("localhost", signed))).doesNotContain("FAILED").contains("The cluster has one broker.");
        assertThat(tried(signedIn("wrong")))
                .contains("The cluster does not let the user in")
                .doesNotContain("wrong");
        create(kafka("localhost", signed));
        create(signedIn(PASSWORD));

        assertThat(sql("CREATE TABLE kafka.tls.clicks (n INT) WITH ('topic' = 'clicks'); SET 'table.dml-sync' = 'true';"
                        + " CREATE TABLE kafka.signed_in.clicks (n INT) WITH ('topic' = 'clicks');"
                        + " INSERT INTO kafka.tls.clicks VALUES (41);"
                        + " INSERT INTO kafka.signed_in.clicks VALUES (42);"
                        + " SELECT n FROM kafka.signed_in.clicks"))
                .contains("{\"n\":41}", "{\"n\":42}");
    }

    @Test
    void readsAndWritesPostgresThroughACertificateThatItTrustsOnly() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", signed.certificate().toString())
                .setServerConfig("ssl_key_file", signed.key().toString())
                .start()) {
            readsAndWrites(
                    "postgres", "public", server.getPort(), List.of("database: postgres", "username: postgres"), "-");
        }
    }

    @Test
    void readsAndWritesMariaDbThroughACertificateThatItTrustsOnly() throws Exception {
        try (TestMariaDb server =
                TestMariaDb.start("--ssl-cert=" + signed.certificate(), "--ssl-key=" + signed.key())) {
            server.execute("CREATE DATABASE crm", "SET GLOBAL require_secure_transport = ON");
            readsAndWrites("mysql", "crm", server.port(), List.of("username: " + server.username()), server.password());
        }
    }

    private void readsAndWrites(String kind, String database, int at, List<String> fields, String password)
            throws Exception {
        assertThat(tried(database(kind, at, foreign, fields, password)))
                .contains("certificate is not accepted", "'caCertificate' is of whoever signed");
        Answer refused =
                millrace.run("catalog", "connections", "create", "-f", database(kind, at, foreign, fields, password));
        assertThat(refused.exit()).as(refused.err()).isZero();
        assertThat(millrace.run("sql", "-e", "SHOW TABLES IN " + kind + "_tls." + database)
                        .err())
                .contains("certificate that is not accepted", "'caCertificate'");
        Answer mended = millrace.run(
                "catalog", "connections", "update", kind + "_tls", "-f", database(kind, at, signed, fields, password));
        assertThat(mended.exit()).as(mended.err()).isZero();

        String table = kind + "_tls." + database + ".orders";
        assertThat(sql("SET 'execution.runtime-mode' = 'batch'; SET 'table.dml-sync' = 'true';"
                        + " CREATE TABLE " + table + " (n INT); INSERT INTO " + table + " VALUES (41);"
                        + " SELECT n FROM " + table))
                .contains("{\"n\":41}");
    }

    private String sql(String statements) throws Exception {
        Answer rows = millrace.run("sql", "-o", "json", "--max-rows", "2", "-e", statements);
        assertThat(rows.exit()).as(rows.err()).isZero();
        return rows.out();
    }

    private void create(String file) throws Exception {
        Answer made = millrace.run("catalog", "connections", "create", "-f", file);
        assertThat(made.exit()).as(made.err()).isZero();
    }

    /** What a test of a connection that is not kept says. */
    private String tried(String file) throws Exception {
        return millrace.run("catalog", "connections", "test", "-f", file).out();
    }

    private String kafka(String host, TestCertificates trusted) throws IOException {
        return file(
                "tls",
                "kafka",
                List.of("bootstrapServers: [\"" + host + ":" + port + "\"]", "securityProtocol: SSL"),
                trusted,
                "");
    }

    private String signedIn(String password) throws IOException {
        return file(
                "signed_in",
                "kafka",
                List.of(
                        "bootstrapServers: [\"localhost:" + signedIn + "\"]",
                        "securityProtocol: SASL_SSL",
                        "saslMechanism: PLAIN",
                        "username: millrace"),
                signed,
                password);
    }

    private String database(String kind, int at, TestCertificates trusted, List<String> more, String password)
            throws IOException {
        List<String> fields = new ArrayList<>(List.of("host: localhost", "port: " + at, "tls: verify"));
        fields.addAll(more);
        return file(kind + "_tls", kind, fields, trusted, password);
    }

    /** A file of a connection; the password lies where references to secrets lead. */
    private String file(String name, String kind, List<String> fields, TestCertificates trusted, String password)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of("name: " + name, "kind: " + kind, "fields:"));
        fields.forEach(field -> lines.add("  " + field));
        lines.add("  caCertificate: |");
        Files.readAllLines(trusted.authority()).forEach(line -> lines.add("    " + line));
        if (!password.isEmpty()) {
            lines.add("secrets: {password: {file: " + name + ".password}}");
            Path secrets =
                    Files.createDirectories(millrace.home().resolve("secrets").resolve("connections"));
            Files.writeString(secrets.resolve(name + ".password"), password);
        }
        return Files.write(folder.resolve(name + ".yaml"), lines).toString();
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
                        "listeners=SSL://localhost:" + port + ",SASL_SSL://localhost:" + signedIn
                                + ",CONTROLLER://127.0.0.1:" + controller,
                        "advertised.listeners=SSL://localhost:" + port + ",SASL_SSL://localhost:" + signedIn,
                        "inter.broker.listener.name=SSL",
                        "listener.security.protocol.map=SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms=PLAIN",
                        "listener.name.sasl_ssl.plain.sasl.jaas.config="
                                + "org.apache.kafka.common.security.plain.PlainLoginModule required user_millrace=\""
                                + PASSWORD + "\";",
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

    private static boolean listens(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
