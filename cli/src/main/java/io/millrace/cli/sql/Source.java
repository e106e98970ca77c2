package io.millrace.cli.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Statements to be run without a prompt.
 *
 * @param file the name of the file they came from; null when they stood on the command line
 */
record Source(@Nullable String file, String script) {
    private static final String STDIN = "-";

    static Source statement(String text) {
        return new Source(null, text);
    }

    /** Reads a file, or standard input for {@code -}. */
    static Source file(String name, Surroundings surroundings) {
        try {
            if (name.equals(STDIN)) {
                return new Source("stdin", text(surroundings.in().readAllBytes()));
            }
            Path path = surroundings.directory().resolve(name);
            if (Files.isDirectory(path)) {
                throw new CommandFailure(ExitCode.USAGE, name + " is a folder. Name a file.");
            }
            return new Source(name, text(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.USAGE, "There is no file " + name + ".");
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.USAGE, name + " is not a text in UTF-8.");
        } catch (AccessDeniedException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, "You may not read " + name + ".");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, name + " cannot be read: " + e.getMessage());
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
