package io.millrace.dist.stack;

/**
 * Where a stack is, as its supervisor wrote it.
 *
 * <pre>
 * DOWN → STARTING → UP → STOPPING → DOWN
 *           └────────────→ STOPPING
 *           └──→ FAILED → STARTING
 * </pre>
 */
public enum Phase {
    /** Nothing runs. Until somebody calls {@code up}. */
    DOWN,
    /** The supervisor starts the processes. Until all answer, or one fails, or somebody stops it. */
    STARTING,
    /** All processes answered once. Until somebody stops it. */
    UP,
    /** The supervisor stops the processes. Until none is left. */
    STOPPING,
    /** The start failed, the record has the reason, and nothing was left running. Until the next {@code up}. */
    FAILED
}
