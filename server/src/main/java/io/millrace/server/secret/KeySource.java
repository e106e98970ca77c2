package io.millrace.server.secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the master keys anew for each use, so that a key that is added counts without a restart. */
final class KeySource {
    static final String VARIABLE = "MILLRACE_SECRET_KEY";

    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);
    private static final Set<PosixFilePermission> OPEN = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

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

    /** Called once, at the start. */
    void warnIfOthersMayRead() {
        file.filter(KeySource::isOpen)
                .ifPresent(path ->
                        LOG.warn("{} can be read or changed by others than its owner; run: chmod 600 {}", path, path));
    }

    private static boolean isOpen(Path path) {
        try {
            return Files.getPosixFilePermissions(path).stream().anyMatch(OPEN::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw MasterKeys.unreadable(
                    "The file of master keys, " + path + " (millrace.secret.key-file), cannot be read: "
                            + e.getClass().getSimpleName() + ".");
        }
    }
}
