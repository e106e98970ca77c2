package io.millrace.server.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the master keys anew for each use, so that a key that is added counts without a restart. */
final class KeySource {
    static final String VARIABLE = "MILLRACE_SECRET_KEY";

    private static final Set<PosixFilePermission> OWN =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Optional<Path> file;
    private final Map<String, String> environment;

    KeySource(Optional<Path> file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    MasterKeys keys() {
        if (file.isPresent()) {
            return MasterKeys.parse(read(file.get()), file.get().toString());
        }
        String variable = environment.get(VARIABLE);
        if (variable == null) {
            throw MasterKeys.unreadable(
                    "There is no master key for secrets: name a file with millrace.secret.key-file, or" + " set "
                            + VARIABLE + ".");
        }
        return MasterKeys.parse(variable, VARIABLE);
    }

    /** Whether there are keys to read, right or wrong ones. */
    boolean isThere() {
        return file.map(Files::exists).orElse(environment.containsKey(VARIABLE));
    }

    /** A key that others can read may be in any hands by now. */
    private static void refuseIfOpen(Path path) throws IOException {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(path);
        } catch (UnsupportedOperationException e) {
            return; // A file system that knows no such permissions.
        }
        if (!OWN.containsAll(permissions)) {
            throw MasterKeys.unreadable("The file of master keys, " + path + " (millrace.secret.key-file), is open to"
                    + " others than its owner (" + PosixFilePermissions.toString(permissions)
                    + "); run: chmod 600 " + path);
        }
    }

    private static String read(Path path) {
        try {
            refuseIfOpen(path);
            return Files.readString(path);
        } catch (IOException e) {
            throw MasterKeys.unreadable(
                    "The file of master keys, " + path + " (millrace.secret.key-file), cannot be read: "
                            + e.getClass().getSimpleName() + ".");
        }
    }
}
