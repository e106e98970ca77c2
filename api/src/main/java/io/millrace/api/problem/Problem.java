package io.millrace.api.problem;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A failed request, as RFC 9457 describes it, media type {@code application/problem+json}.
 *
 * @param type address of the page that explains {@code code}
 * @param title what {@code code} means, the same for each occurrence
 * @param status the HTTP status
 * @param detail what happened this time and what to do, in English
 * @param instance the path that was called
 * @param code stable name for programs, one of core's error codes
 * @param requestId finds the request in the server's log
 * @param errors where the input is wrong; empty when the problem is not about a part of it
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        @Nullable String requestId,
        List<ProblemDetail> errors) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
