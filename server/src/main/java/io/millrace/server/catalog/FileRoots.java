package io.millrace.server.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The folders below which tables that name their connector may have files of the host. For administrators too. */
final class FileRoots {
    private final List<Path> roots;

    FileRoots(List<URI> roots) {
        this.roots = roots.stream().map(FileRoots::folder).toList();
    }

    /** Why an option may not name a file, if so; {@code file} has no symbolic links. */
    Optional<String> refusal(String option, Path file) {
        if (roots.stream().anyMatch(root -> file.startsWith(real(root)))) {
            return Optional.empty();
        }
        String allowed = roots.isEmpty()
                ? "This installation allows no folder"
                : "Allowed: " + roots.stream().map(Path::toString).collect(Collectors.joining(", "));
        return Optional.of("Option '" + option + "' names a file of the host that tables with a connector of their own"
                + " may not reach: " + file + ". " + allowed + "; millrace.catalog.inline.allowed-roots says so, and on"
                + " the local stack MILLRACE_ALLOWED_ROOTS when it is started.");
    }

    private static Path folder(URI root) {
        try {
            return Path.of(root).toAbsolutePath().normalize();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IllegalArgumentException(
                    "millrace.catalog.inline.allowed-roots: '" + root + "' is no folder of this host; write it as"
                            + " file:///srv/data.",
                    e);
        }
    }

    /** Each time, since a folder may be made after the start. */
    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException notThere) {
            return root;
        }
    }
}
