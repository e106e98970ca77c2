package io.millrace.flink.catalog;

import io.millrace.api.problem.Problem;

import java.util.List;

/** What {@link InMemoryMetastore} does not do. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    Problem problem() {
        return new Problem("/problems/x", "refused", status, getMessage(), null, code, null, List.of());
    }
}
