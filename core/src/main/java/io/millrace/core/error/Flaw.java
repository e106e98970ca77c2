package io.millrace.core.error;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that is wrong with an input.
 *
 * @param pointer JSON pointer (RFC 6901) of the offending field, such as {@code /parallelism}
 * @param message what is wrong, in one sentence
 * @param line where in a multi-line text, from 1
 * @param column where in the line, from 1
 * @param hint what to write instead
 */
public record Flaw(String pointer, String message, OptionalInt line, OptionalInt column, Optional<String> hint) {
    public Flaw {
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
        requireNonNull(line, "line");
        requireNonNull(column, "column");
        requireNonNull(hint, "hint");
    }

    public static Flaw at(String pointer, String message) {
        return new Flaw(pointer, message, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    public static Flaw at(String pointer, String message, String hint) {
        return new Flaw(pointer, message, OptionalInt.empty(), OptionalInt.empty(), Optional.of(hint));
    }
}
