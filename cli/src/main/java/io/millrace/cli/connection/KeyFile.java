package io.millrace.cli.connection;

import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** A file of master keys: one {@code <id>:<base64 of 32 bytes>} a line, the current one first. */
final class KeyFile {
    private static final int BYTES = 32;
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("'k'yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private KeyFile() {}

    /** Puts a new key before the others and gives its id. The file appears whole, for its owner only. */
    static String addKey(Path file, Instant now) {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        String id = ID.format(now);
        try {
            String before = Files.readString(file);
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("no folder");
            }
            Path next = Files.createTempFile(
                    folder,
                    ".keys",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, id + ":" + Base64.getEncoder().encodeToString(bits) + "\n" + before);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            return id;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    file + " cannot be changed (" + e.getClass().getSimpleName()
                            + "). Is the server's key file on this machine, and are you its owner?");
        }
    }
}
