package io.millrace.api.access;

import java.time.Instant;

/**
 * Something that was done, or tried.
 *
 * @param by who; empty when the caller was not known
 * @param action such as {@code table.drop}
 * @param object the path of what it was done to, below {@code /api/v1}
 * @param outcome {@code OK}, or the code of the problem
 * @param from the address of the caller
 * @param requestId the id that the answer carried
 */
public record ActivityView(
        long number,
        Instant at,
        String by,
        String action,
        String object,
        String outcome,
        String from,
        String requestId) {}
