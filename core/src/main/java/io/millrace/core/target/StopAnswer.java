package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

/**
 * What became of a request to stop with a savepoint.
 *
 * @param detail the savepoint's path when completed, the cause when failed
 */
public record StopAnswer(Progress progress, String detail) {
    /** How far the request got. */
    public enum Progress {
        IN_PROGRESS,
        COMPLETED,
        FAILED,
        /** The JobManager does not know the request: never sent, sent to its predecessor, or forgotten. */
        UNKNOWN
    }

    public StopAnswer {
        requireNonNull(progress, "progress");
        requireNonNull(detail, "detail");
    }
}
