package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What happened to a table or function: the entry of its history that goes with a version.
 *
 * @param summary what is different from the version before, in words
 */
public record Change(Cause cause, String summary, Origin origin, Instant at) {
    public Change {
        requireNonNull(cause, "cause");
        requireNonNull(summary, "summary");
        requireNonNull(origin, "origin");
        requireNonNull(at, "at");
    }

    /** Why there is a new version. */
    public enum Cause {
        /** It was created here, or seen in its store for the first time. */
        CREATED,
        /** Somebody changed it through the platform. */
        ALTERED,
        /** It has another name, and nothing else is different. */
        RENAMED,
        /** Its store has another structure than the one that was last seen. */
        DRIFT,
        /** It was dropped, here or in its store. */
        DROPPED,
        /** It was dropped and taken back. */
        RESTORED
    }
}
