package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;
import io.millrace.testkit.TestCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A PostgreSQL that lets everybody in and answers the first question with a claim of two gigabytes, which its driver
 * would make room for: an end of any process with a heap of the usual size.
 */
@Timeout(20)
class LyingPostgresIT {
    private static final String WELCOME = "R\0\0\0\u0008\0\0\0\0"
            + "S\0\0\0\u0018server_version\0" + "17.5\0"
            + "S\0\0\0\u0019client_encoding\0UTF8\0"
            + "Z\0\0\0\u0005I";

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        certificates = TestCertificates.in(folder);
    }

    @ParameterizedTest
    @CsvSource({"row, disable", "row, prefer", "row, verify-full", "error, disable", "error, verify-full"})
    void endsTheConnectionAndNothingElse(String what, String mode) throws IOException {
        String lie = what.equals("row") ? "D\0\0\0\u001f\0\u0001\u007f\u00ff\u00ff\u00f0" : "E\u007f\u00ff\u00ff\u00f0";
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var serving = CompletableFuture.runAsync(() -> serve(server, mode, lie));
            Map<String, String> tls =
                    Map.of("sslmode", mode, "sslfactoryarg", Files.readString(certificates.authority()));
            var address = new PostgresServer.Address("localhost", server.getLocalPort(), "db", "me", tls);
            var remote = new PostgresRemote(
                    new CatalogName("lying"), new PostgresServer(address, () -> "secret", Reach.ANYWHERE));
            try (remote) {
                assertThatThrownBy(remote::databases).isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
                    assertThat(e).hasRootCauseInstanceOf(ProtocolException.class);
                });
            }
            serving.join();
        }
    }

    private static void serve(ServerSocket server, String mode, String lie) {
        try (Socket accepted = server.accept()) {
            Socket client = mode.equals("disable") ? accepted : agreed(accepted, mode);
            hear(client.getInputStream(), 0);
            client.getOutputStream().write(WELCOME.getBytes(StandardCharsets.ISO_8859_1));
            hear(client.getInputStream(), 1);
            client.getOutputStream().write(lie.getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().flush();
            while (client.getInputStream().read() >= 0) {
                // Until the other end has had enough.
            }
        } catch (IOException e) {
            // The other end has had enough.
        }
    }

    /** Answers the question for encryption. */
    private static Socket agreed(Socket client, String mode) throws IOException {
        client.getInputStream().readNBytes(8);
        boolean encrypted = mode.startsWith("verify");
        client.getOutputStream().write(encrypted ? 'S' : 'N');
        if (!encrypted) {
            return client;
        }
        SSLSocket tls =
                (SSLSocket) context().getSocketFactory().createSocket(client, "localhost", client.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        return tls;
    }

    private static void hear(InputStream in, int type) throws IOException {
        in.readNBytes(type);
        int length = new DataInputStream(in).readInt();
        in.readNBytes(length - 4);
    }

    private static SSLContext context() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, TestCertificates.PASSWORD.toCharArray());
            // Signed by the authority, instead of by itself.
            var chain = new Certificate[] {certificate(certificates.certificate())};
            own.setKeyEntry(
                    "server",
                    own.getKey("server", TestCertificates.PASSWORD.toCharArray()),
                    TestCertificates.PASSWORD.toCharArray(),
                    chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, TestCertificates.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
