package io.millrace.api.client;

import static java.util.Objects.requireNonNull;

import io.millrace.api.problem.Problem;

/** The server understood the call and said no: its {@link Problem} says why. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ApiException(Problem problem) {
        super(requireNonNull(problem, "problem").detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** Stable name of the reason, such as {@code JOB_NOT_FOUND}. */
    public String code() {
        return problem.code();
    }

    public int status() {
        return problem.status();
    }
}
