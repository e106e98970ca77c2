package io.millrace.api.jobfile;

import java.util.List;

/** Some files are not valid; nothing was sent. Carries everything that is wrong with them. */
public final class InvalidFilesException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<SourceProblem> problems;

    InvalidFilesException(List<SourceProblem> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    public List<SourceProblem> problems() {
        return problems;
    }
}
