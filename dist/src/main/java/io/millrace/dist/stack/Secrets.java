package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The tokens and passwords of one stack: 256 random bits each, in files that only their owner reads. */
public final class Secrets {
    private final Path folder;
    private final SecureRandom random;

    public Secrets(Home home, SecureRandom random) {
        this.folder = home.secrets();
        this.random = requireNonNull(random, "random");
    }

    public Path internalToken() {
        return file("internal.token");
    }

    /** What proves the user of this stack to its server; commands send it. */
    public Path localToken() {
        return file("local.token");
    }

    public Path gatewayToken() {
        return file("gateway.token");
    }

    public Path postgresAdmin() {
        return file("postgres-admin.password");
    }

    public Path postgresServer() {
        return file("postgres-server.password");
    }

    public Path postgresData() {
        return file("postgres-data.password");
    }

    /** The master keys of the server, the current one first; {@code catalog connections rotate-key} adds to them. */
    public Path masterKeys() {
        Path file = folder.resolve("master.keys");
        if (!Files.exists(file)) {
            byte[] bits = bits();
            create(file, "k1:" + Base64.getEncoder().encodeToString(bits) + "\n");
        }
        return file;
    }

    /** Files to which secrets of connections may refer; people put them there. */
    public Path connections() {
        Path files = folder.resolve("connections");
        try {
            Files.createDirectories(
                    files, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new StackException(ENVIRONMENT, files + " cannot be made (" + Home.reason(e) + ").", e);
        }
        return files;
    }

    /** For the few programs that take a secret by a file of their own format or by their standard input. */
    public String read(Path secret) throws IOException {
        return Files.readString(secret).strip();
    }

    private Path file(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            create(file, HexFormat.of().formatHex(bits()));
        }
        return file;
    }

    private byte[] bits() {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        return bits;
    }

    /** Appears whole or not at all, and is never readable by others, not even for a moment. */
    private void create(Path file, String content) {
        try {
            Path next = Files.createTempFile(
                    folder,
                    ".secret",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException(ENVIRONMENT, file + " cannot be written (" + Home.reason(e) + ").", e);
        }
    }
}
