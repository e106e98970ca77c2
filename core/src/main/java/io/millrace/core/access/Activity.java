package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that was done, or tried.
 *
 * @param number counts up; 0 before it is stored
 * @param by the name of the caller; empty when nothing proved one
 * @param action what was called, such as {@code table.drop}: the noun and the verb
 * @param object the path of what it was done to, below {@code /api/v1}
 * @param outcome {@code OK}, or the code of the problem that was answered
 * @param from the address from which the call came
 * @param request the id that the answer and the server's log carry
 */
public record Activity(
        long number, Instant at, String by, String action, String object, String outcome, String from, String request) {
    /** The outcome of what was done. */
    public static final String OK = "OK";

    public Activity {
        requireNonNull(at, "at");
        requireNonNull(by, "by");
        requireNonNull(action, "action");
        requireNonNull(object, "object");
        requireNonNull(outcome, "outcome");
        requireNonNull(from, "from");
        requireNonNull(request, "request");
    }
}
