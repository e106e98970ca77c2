package io.millrace.flink.gateway.problem;

import static java.util.Objects.requireNonNull;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** A request that cannot be answered as asked. The message is a sentence for the user. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient List<ProblemDetail> errors;

    public GatewayException(Code code, String detail) {
        this(code, detail, List.of(), null);
    }

    public GatewayException(Code code, String detail, List<ProblemDetail> errors, @Nullable Throwable cause) {
        super(requireNonNull(detail, "detail"), cause);
        this.code = requireNonNull(code, "code");
        this.errors = List.copyOf(errors);
    }

    public Code code() {
        return code;
    }

    public List<ProblemDetail> errors() {
        return errors;
    }

    /** As it goes over the wire. */
    public Problem problem() {
        return new Problem(
                code.type(),
                code.title(),
                code.status(),
                requireNonNull(getMessage()),
                null,
                code.name(),
                null,
                errors);
    }
}
