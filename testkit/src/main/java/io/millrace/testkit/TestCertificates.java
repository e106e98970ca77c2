package io.millrace.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Somebody who signs certificates, and a server's certificate for {@code localhost}, all in one folder; made by the JDK's
 * own tool.
 */
public record TestCertificates(Path folder) {
    /** Of all stores here. */
    public static final String PASSWORD = "changeit";

    /** Makes them; the folder is there and empty. */
    public static TestCertificates in(Path folder) throws IOException, GeneralSecurityException {
        var made = new TestCertificates(folder);
        made.key("authority", "CN=Test authority", "-ext", "bc:c");
        made.key("server", "CN=localhost");
        made.tool("authority", "-exportcert", "-rfc", "-alias", "authority", "-file", "authority.pem");
        made.tool("server", "-certreq", "-alias", "server", "-file", "server.csr");
        made.tool(
                "authority",
                "-gencert",
                "-rfc",
                "-alias",
                "authority",
                "-ext",
                "san=dns:localhost",
                "-infile",
                "server.csr",
                "-outfile",
                "server.pem");
        made.tool("trust", "-importcert", "-noprompt", "-alias", "authority", "-file", "authority.pem");
        made.writeKey();
        return made;
    }

    /** The server's certificate, in PEM. */
    public Path certificate() {
        return folder.resolve("server.pem");
    }

    /** The server's private key, in PEM, for its owner only. */
    public Path key() {
        return folder.resolve("server.key");
    }

    /** The certificate of the one who signed, in PEM. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /** A store that trusts the one who signed. */
    public Path trust() {
        return folder.resolve("trust.p12");
    }

    private void key(String name, String subject, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                subject,
                "-validity",
                "3"));
        arguments.addAll(List.of(more));
        tool(name, arguments.toArray(String[]::new));
    }

    private void writeKey() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        Key key = store.getKey("server", PASSWORD.toCharArray());
        String text = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        Files.writeString(key(), text);
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    }

    private void tool(String store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store + ".p12", "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
