package io.millrace.api.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong in a file. Prints as {@code file:line:column: message (hint)}, which editors can open.
 *
 * @param line from 1; 0 when it is about the whole file
 * @param column from 1; 0 when it is about the whole line
 */
public record SourceProblem(
        String file,
        int line,
        int column,
        String message,
        @Nullable String hint) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "") + ": " + message
                + (hint == null ? "" : " (" + hint + ")");
    }
}
