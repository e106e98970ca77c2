package io.millrace.server.http;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.Kind;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.OptionalInt;

/** Failures as they go over the wire; with the mappers the only place that knows a status. */
public final class Problems {
    private Problems() {}

    public static Problem of(MillraceException failure, @Nullable String path, @Nullable String requestId) {
        List<ProblemDetail> errors =
                failure.flaws().stream().map(Problems::detail).toList();
        return of(failure.code(), String.valueOf(failure.getMessage()), path, requestId, errors);
    }

    static Problem of(ErrorCode code, String detail, @Nullable String path, @Nullable String requestId) {
        return of(code, detail, path, requestId, List.of());
    }

    private static Problem of(
            ErrorCode code,
            String detail,
            @Nullable String path,
            @Nullable String requestId,
            List<ProblemDetail> errors) {
        return new Problem(
                "/problems/" + code.slug(), code.title(), status(code), detail, path, code.name(), requestId, errors);
    }

    static int status(ErrorCode code) {
        return code == ErrorCode.PRECONDITION_REQUIRED ? 428 : status(code.kind());
    }

    private static int status(Kind kind) {
        return switch (kind) {
            case INVALID -> 422;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case UNAVAILABLE -> 503;
            case BUG -> 500;
        };
    }

    private static ProblemDetail detail(Flaw flaw) {
        return new ProblemDetail(
                flaw.pointer(),
                flaw.message(),
                boxed(flaw.line()),
                boxed(flaw.column()),
                null,
                null,
                flaw.hint().orElse(null));
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
