package io.millrace.core.error;

/** What a failure means to its caller; the HTTP layer and the command line derive status and exit code from it. */
public enum Kind {
    /** The input is wrong; repeating it cannot help. */
    INVALID,
    /** Nothing proves who calls. */
    UNAUTHENTICATED,
    /** The caller may not do this. */
    FORBIDDEN,
    /** There is no such thing, or the caller may not know of it. */
    NOT_FOUND,
    /** The input was right for a state that has passed. */
    CONFLICT,
    /** Too often; the same call may succeed later. */
    LIMITED,
    /** Something outside is down or slow; the same call may succeed later. */
    UNAVAILABLE,
    /** A mistake of ours. */
    BUG
}
