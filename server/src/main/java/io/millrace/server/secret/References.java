package io.millrace.server.secret;

import io.millrace.core.connection.SecretInput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Secrets that somebody else looks after: variables with one prefix, and files of one folder. Read at each use. */
final class References {
    private static final long LARGEST = 65_536;

    private final Map<String, String> environment;
    private final Optional<Path> folder;

    References(Map<String, String> environment, Optional<Path> folder) {
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /** The name was checked when the connection was; checked again, because rows may come from a restored backup. */
    String variable(String name) {
        String value = environment.get(name);
        if (value == null || !name.startsWith(SecretInput.VARIABLE_PREFIX) || name.equals(KeySource.VARIABLE)) {
            throw MasterKeys.unreadable("The server's environment has no variable " + name + ".");
        }
        return value;
    }

    String file(String name) {
        if (folder.isEmpty()) {
            throw MasterKeys.unreadable(
                    "The secret is in the file '" + name + "', and millrace.secret.folder is not set.");
        }
        Path base = folder.get().toAbsolutePath().normalize();
        Path file = base.resolve(name).normalize();
        if (!base.equals(file.getParent())) {
            throw MasterKeys.unreadable("'" + name + "' is not the bare name of a file.");
        }
        try {
            // A mounted secret is a link within its folder; a link that leads outside is refused.
            Path real = file.toRealPath();
            if (!real.startsWith(base.toRealPath()) || !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw MasterKeys.unreadable("'" + name + "' is no file of " + base + ".");
            }
            if (Files.size(real) > LARGEST) {
                throw MasterKeys.unreadable("'" + name + "' in " + base + " is larger than " + LARGEST + " bytes.");
            }
            return Files.readString(real).stripTrailing();
        } catch (IOException e) {
            throw MasterKeys.unreadable("'" + name + "' in " + base + " cannot be read: "
                    + e.getClass().getSimpleName() + ".");
        }
    }
}
