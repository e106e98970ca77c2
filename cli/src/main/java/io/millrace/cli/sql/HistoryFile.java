package io.millrace.cli.sql;

import io.millrace.cli.console.Surroundings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the prompt remembers what was entered: with the stack's state when there is one, else in the home directory. */
final class HistoryFile {
    private HistoryFile() {}

    static Path in(Surroundings surroundings) {
        Path stack = surroundings.stackHome();
        Path file = Files.isDirectory(stack)
                ? stack.resolve("sql-history")
                : surroundings.home().resolve(".millrace-sql-history");
        try {
            if (!Files.exists(file)) {
                // Nobody else's business; the editor keeps the permissions it finds.
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // A prompt without a memory is still a prompt.
        }
        return file;
    }
}
