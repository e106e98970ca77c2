package io.millrace.server.http;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.Kind;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
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

    /** What a failure that no code foresaw means to the caller. */
    static MillraceException unexpected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isLostConnection(String.valueOf(sql.getSQLState()))) {
                return new MillraceException(
                        ErrorCode.METASTORE_UNAVAILABLE,
                        "The connection to the metastore (PostgreSQL) broke; a change may or may not have been made: look,"
                                + " and try again.",
                        failure);
            }
        }
        return new MillraceException(
                ErrorCode.INTERNAL_ERROR,
                "Something went wrong inside Millrace; the server's log has it under the request's id.",
                failure);
    }

    /** Class 08 is a broken connection, 57P an administrator's shutdown: PostgreSQL's appendix A. */
    private static boolean isLostConnection(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }

    static int status(ErrorCode code) {
        return code == ErrorCode.PRECONDITION_REQUIRED ? 428 : status(code.kind());
    }

    private static int status(Kind kind) {
        return switch (kind) {
            case INVALID -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case LIMITED -> 429;
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
