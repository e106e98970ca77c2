package io.millrace.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an input.
 *
 * @param pointer JSON pointer (RFC 6901) of the offending field
 * @param detail what is wrong
 * @param line where in a multi-line text, from 1; null when the place is not known
 * @param column where in the line, from 1
 * @param endLine last line of the offending part
 * @param endColumn last column of the offending part, inclusive
 * @param hint what to write instead
 */
public record ProblemDetail(
        String pointer,
        String detail,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable Integer endLine,
        @Nullable Integer endColumn,
        @Nullable String hint) {
    public static ProblemDetail of(String pointer, String detail) {
        return new ProblemDetail(pointer, detail, null, null, null, null, null);
    }
}
