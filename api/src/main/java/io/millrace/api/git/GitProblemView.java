package io.millrace.api.git;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a file of a commit.
 *
 * @param file its path in the repository
 * @param line from 1; null when it is about the whole file
 * @param column from 1
 */
public record GitProblemView(
        String file,
        @Nullable Integer line,
        @Nullable Integer column,
        String message,
        @Nullable String hint) {}
