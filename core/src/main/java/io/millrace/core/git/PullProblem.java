package io.millrace.core.git;

import java.util.Optional;

/**
 * Something that is wrong with a file of a commit. Texts are of bounded length and have no control characters.
 *
 * @param file its path in the repository
 * @param line from 1; 0 when it is about the whole file
 * @param column from 1; 0 when it is about the whole line
 */
public record PullProblem(String file, int line, int column, String message, Optional<String> hint) {
    private static final int LONGEST = 1_000;

    public PullProblem {
        file = GitCommit.shown(file, LONGEST);
        message = GitCommit.shown(message, LONGEST);
        hint = hint.map(text -> GitCommit.shown(text, LONGEST));
    }
}
