package io.millrace.server.gateway;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the gateway refuses, in the words of the domain. */
final class GatewayFailures {
    private GatewayFailures() {}

    /** The gateway's own code and words, where they are meant for users. */
    static MillraceException refused(ApiException failure) {
        Problem problem = failure.problem();
        Optional<ErrorCode> code = Arrays.stream(ErrorCode.values())
                .filter(each -> each.name().equals(problem.code()))
                .findFirst();
        if (code.isPresent() && code.get() != ErrorCode.INTERNAL_ERROR) {
            return new MillraceException(code.get(), problem.detail(), flaws(problem.errors()));
        }
        if (problem.status() == 401 || problem.status() == 403) {
            return new MillraceException(
                    ErrorCode.INTERNAL_ERROR, "The SQL gateway does not accept this server's token.", failure);
        }
        if (problem.status() / 100 == 5 && code.isEmpty()) {
            return new MillraceException(
                    ErrorCode.GATEWAY_UNAVAILABLE,
                    "The SQL gateway is not able to answer at the moment; try again.",
                    failure);
        }
        return new MillraceException(ErrorCode.INTERNAL_ERROR, "The SQL gateway failed: " + problem.detail(), failure);
    }

    static MillraceException silent(UnreachableException failure) {
        return new MillraceException(
                ErrorCode.GATEWAY_UNAVAILABLE,
                "The SQL gateway does not answer; if it was restarted, it is back in a few seconds.",
                failure);
    }

    static List<Flaw> flaws(List<ProblemDetail> details) {
        return details.stream().map(GatewayFailures::flaw).toList();
    }

    private static Flaw flaw(ProblemDetail detail) {
        return new Flaw(
                detail.pointer(),
                detail.detail(),
                optional(detail.line()),
                optional(detail.column()),
                Optional.ofNullable(detail.hint()));
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
