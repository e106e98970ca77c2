package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.ConnectionTester.TestReport;
import io.millrace.server.connection.probe.ProbeLine;
import io.millrace.server.connection.probe.ProbeRequest;
import io.millrace.testkit.TestCertificates;
import io.millrace.testkit.TestMariaDb;
import io.millrace.testkit.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Real servers with a certificate for {@code localhost}, tried by somebody who trusts its signer, and who does not. */
@Timeout(300)
class TlsIT {
    private static final String TRUST = "javax.net.ssl.trustStore";

    @TempDir
    static Path folder;

    private static TestCertificates signed;
    private static TestCertificates foreign;

    private final ConnectionTester tester = new ConnectionTester(ServerClasspath.find(), Duration.ofSeconds(30));

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        signed = TestCertificates.in(Files.createDirectory(folder.resolve("signed")));
        foreign = TestCertificates.in(Files.createDirectory(folder.resolve("foreign")));
    }

    @AfterEach
    void trustWhomJavaTrusts() {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST + "Password");
    }

    private static void trust(TestCertificates certificates) {
        System.setProperty(TRUST, certificates.trust().toString());
        System.setProperty(TRUST + "Password", TestCertificates.PASSWORD);
    }

    @Test
    void holdsACertificateOfPostgresAgainstItsHostAndSigner() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", signed.certificate().toString())
                .setServerConfig("ssl_key_file", signed.key().toString())
                .start()) {
            verifies("postgres", server.getPort(), Map.of("database", "postgres", "username", "postgres"), "postgres");
        }
    }

    @Test
    void holdsACertificateOfMariaDbAgainstItsHostAndSigner() throws IOException {
        try (TestMariaDb server =
                TestMariaDb.start("--ssl-cert=" + signed.certificate(), "--ssl-key=" + signed.key())) {
            verifies("mysql", server.port(), Map.of("username", server.username()), server.password());
        }
    }

    @Test
    void goesNoUnencryptedWayWhereEncryptionIsRequired() {
        TestMariaDb.Database mysql = TestMariaDb.createDatabase();
        TestPostgres.Database postgres = TestPostgres.createDatabase();

        assertThat(failed(trial(
                        "mysql",
                        "127.0.0.1",
                        mysql.port(),
                        "require",
                        Map.of("username", "millrace"),
                        mysql.password())))
                .startsWith("AUTHENTICATE: ")
                .containsIgnoringCase("ssl");
        assertThat(failed(trial(
                        "postgres",
                        "127.0.0.1",
                        postgres.port(),
                        "require",
                        Map.of("database", postgres.name(), "username", "postgres"),
                        "postgres")))
                .isEqualTo("AUTHENTICATE: Somebody listens, but does not answer as PostgreSQL would: The server does"
                        + " not support SSL.");
    }

    @Test
    void takesOneSignerOfAPostgresAsItsDriverDoes() throws IOException {
        var rules = new ConnectionRules(new ConnectionDescriptors(), new Egress(List.of("*"), List.of(), List.of()));
        String one = Files.readString(signed.authority());
        Map<String, Object> fields = Map.of(
                "host", "localhost", "database", "crm", "username", "app", "tls", "verify", "caCertificate", one);
        var input = new ConnectionInput(fields, new NewSecrets(Map.of(), Set.of()), "");
        Map<String, Object> several = new HashMap<>(fields);
        several.put("caCertificate", one + Files.readString(foreign.authority()));
        Map<String, Object> broken = new HashMap<>(fields);
        broken.put("caCertificate", one.replaceFirst("\\n....", "\nAAAA"));

        rules.check(ConnectionKind.POSTGRES, input, Set.of("password"));
        for (Map<String, Object> wrong : List.of(several, broken)) {
            var bad = new ConnectionInput(wrong, input.secrets(), "");
            assertThatThrownBy(() -> rules.check(ConnectionKind.POSTGRES, bad, Set.of("password")))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.flaws())
                                    .extracting(Flaw::pointer)
                                    .containsExactly("/fields/caCertificate"));
        }
    }

    private void verifies(String kind, int port, Map<String, Object> more, String password) throws IOException {
        assertThat(failed(trial(kind, "127.0.0.1", port, "require", more, password)))
                .as("encrypted, whoever is there")
                .isEmpty();
        assertThat(failed(trial(kind, "localhost", port, "verify", more, password)))
                .as("a signer whom Java does not know")
                .startsWith("AUTHENTICATE: The server's certificate is not accepted; check the host, and whether Java");

        trust(foreign);
        assertThat(failed(trial(kind, "localhost", port, "verify", more, password)))
                .as("another signer of the same name")
                .startsWith("AUTHENTICATE: The server's certificate is not accepted;");

        trust(signed);
        assertThat(failed(trial(kind, "localhost", port, "verify", more, password)))
                .isEmpty();
        assertThat(failed(trial(kind, "127.0.0.1", port, "verify", more, password)))
                .as("a certificate of another host")
                .startsWith("AUTHENTICATE: The server's certificate is not accepted;");

        trustWhomJavaTrusts();
        assertThat(failed(trial(kind, "localhost", port, "verify", naming(signed, more), password)))
                .as("the signer that the connection names")
                .isEmpty();
        assertThat(failed(trial(kind, "localhost", port, "verify", naming(foreign, more), password)))
                .as("another signer of the same name")
                .startsWith("AUTHENTICATE: The server's certificate is not accepted; check the host, and whether"
                        + " 'caCertificate' is of whoever signed");
        assertThat(failed(trial(kind, "127.0.0.1", port, "verify", naming(signed, more), password)))
                .as("a certificate of another host")
                .startsWith("AUTHENTICATE: The server's certificate is not accepted;");
    }

    private static Map<String, Object> naming(TestCertificates signer, Map<String, Object> fields) throws IOException {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("caCertificate", Files.readString(signer.authority()));
        return all;
    }

    private TestReport trial(
            String kind, String host, int port, String tls, Map<String, Object> more, String password) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.putAll(Map.of("host", host, "port", port, "tls", tls));
        return tester.test(new ProbeRequest(kind, fields, Map.of("password", password), List.of("*"), List.of()));
    }

    private static String failed(TestReport report) {
        return report.stages().stream()
                .filter(stage -> stage.outcome().equals(ProbeLine.FAILED))
                .map(stage -> stage.stage() + ": " + stage.message())
                .collect(Collectors.joining("; "));
    }
}
