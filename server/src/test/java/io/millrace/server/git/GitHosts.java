package io.millrace.server.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.millrace.testkit.TestCertificates;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Real servers that give out one repository as {@code /repo.git}: to who knows a token, or has a key. */
final class GitHosts {
    static final String TOKEN = "canary-token-of-the-tests";

    private GitHosts() {}

    /** HTTPS with a certificate for {@code localhost}; {@code /moved.git} leads to another host. */
    static final class Https implements AutoCloseable {
        private final HttpsServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Repository repository;

        Https(Repository repository, TestCertificates certificates) throws Exception {
            this.repository = repository;
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            char[] password = TestCertificates.PASSWORD.toCharArray();
            keys.setKeyEntry("server", key(certificates), password, new Certificate[] {certificate(certificates)});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.setExecutor(threads);
            server.createContext("/repo.git/", this::serve);
            server.createContext("/moved.git/", exchange -> {
                exchange.getResponseHeaders().set("Location", "https://127.0.0.1:1/repo.git/info/refs");
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            server.createContext("/files.git/", exchange -> answer(exchange, "text/plain", Https::files));
            server.createContext(
                    "/endless.git/",
                    exchange -> answer(exchange, "application/x-git-upload-pack-advertisement", Https::endlessly));
            server.start();
        }

        private interface Body {
            void write(OutputStream out) throws IOException;
        }

        private static void answer(HttpExchange exchange, String type, Body body) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                body.write(exchange.getResponseBody());
            }
        }

        /** As a host that does not know Git, and could name other hosts in further files. */
        private static void files(OutputStream out) throws IOException {
            out.write("0123456789012345678901234567890123456789\trefs/heads/main\n".getBytes(UTF_8));
        }

        /** Branches until the other side has had enough. */
        private static void endlessly(OutputStream out) throws IOException {
            var lines = new PacketLineOut(out);
            lines.writeString("# service=git-upload-pack\n");
            lines.end();
            for (int i = 0; true; i++) {
                lines.writeString(
                        "0123456789012345678901234567890123456789 refs/heads/" + "b".repeat(60_000) + i + "\n");
            }
        }

        private static Key key(TestCertificates certificates) throws Exception {
            String pem = Files.readString(certificates.key()).replaceAll("-----[A-Z ]+-----", "");
            byte[] bytes = Base64.getMimeDecoder().decode(pem);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        }

        private static Certificate certificate(TestCertificates certificates) throws Exception {
            try (InputStream in = Files.newInputStream(certificates.certificate())) {
                return CertificateFactory.getInstance("X.509").generateCertificate(in);
            }
        }

        String url(String repositoryName) {
            return "https://localhost:" + server.getAddress().getPort() + "/" + repositoryName;
        }

        private void serve(HttpExchange exchange) throws IOException {
            String expected = "Basic " + Base64.getEncoder().encodeToString(("git:" + TOKEN).getBytes(UTF_8));
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
                return;
            }
            boolean refs = exchange.getRequestURI().getPath().endsWith("/info/refs");
            exchange.getResponseHeaders()
                    .set("Content-Type", "application/x-git-upload-pack-" + (refs ? "advertisement" : "result"));
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, 0);
            var pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            try (exchange) {
                if (refs) {
                    var out = new PacketLineOut(exchange.getResponseBody());
                    out.writeString("# service=git-upload-pack\n");
                    out.end();
                    pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
                } else {
                    InputStream in = exchange.getRequestBody();
                    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                    pack.upload(zipped ? new GZIPInputStream(in) : in, exchange.getResponseBody(), null);
                }
            }
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** SSH that lets in one key. */
    static final class Ssh implements AutoCloseable {
        private final SshServer server = SshServer.setUpDefaultServer();

        Ssh(Repository repository, KeyPair host, KeyPair user) throws IOException {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(KeyPairProvider.wrap(host));
            server.setPublickeyAuthenticator((name, key, session) -> KeyUtils.compareKeys(key, user.getPublic()));
            server.setCommandFactory((channel, command) -> new AbstractCommandSupport(command, null) {
                @Override
                public void run() {
                    try {
                        new UploadPack(repository).upload(getInputStream(), getOutputStream(), getErrorStream());
                        onExit(0);
                    } catch (IOException e) {
                        onExit(1, String.valueOf(e.getMessage()));
                    }
                }
            });
            server.start();
        }

        String url() {
            return "ssh://git@127.0.0.1:" + server.getPort() + "/repo.git";
        }

        @Override
        public void close() throws IOException {
            server.stop(true);
        }
    }
}
