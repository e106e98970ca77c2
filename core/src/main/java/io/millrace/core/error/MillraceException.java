package io.millrace.core.error;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A failure that is told to the caller: a code for programs, a sentence for people, and where in the input it lies. */
public final class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Flaw> flaws;

    public MillraceException(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    public MillraceException(ErrorCode code, String detail, List<Flaw> flaws) {
        super(detail);
        this.code = requireNonNull(code, "code");
        this.flaws = List.copyOf(flaws);
    }

    public MillraceException(ErrorCode code, String detail, Throwable cause) {
        super(detail, cause);
        this.code = requireNonNull(code, "code");
        this.flaws = List.of();
    }

    public ErrorCode code() {
        return code;
    }

    /** Where the input is wrong; empty when the failure is not about a part of it. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
