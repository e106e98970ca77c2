package io.millrace.api.git;

/**
 * A commit.
 *
 * @param author as Git has it: nobody checked it
 */
public record GitCommitView(String id, String author, String message) {}
