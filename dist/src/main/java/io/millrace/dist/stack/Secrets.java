package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
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

    /** For the few programs that take a secret by a file of their own format or by their standard input. */
    public String read(Path secret) throws IOException {
        return Files.readString(secret).strip();
    }

    private Path file(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            create(file);
        }
        return file;
    }

    /** Appears whole or not at all, and is never readable by others, not even for a moment. */
    private void create(Path file) {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        try {
            Path next = Files.createTempFile(
                    folder,
                    ".secret",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, HexFormat.of().formatHex(bits));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException(ENVIRONMENT, file + " cannot be written (" + Home.reason(e) + ").", e);
        }
    }
}
