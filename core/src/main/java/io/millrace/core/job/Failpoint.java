package io.millrace.core.job;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places at which a drill kills the server. Inert unless the environment variable {@code MILLRACE_FAILPOINT} says
 * {@code <name>:<count>:<halt|throw>}: the {@code count}-th time that the place is reached, the process halts as if
 * killed, or a {@link Failure} is thrown.
 */
public enum Failpoint {
    SUBMIT_BEFORE_INTENT("submit.beforeIntent"),
    SUBMIT_AFTER_INTENT("submit.afterIntent"),
    SUBMIT_AFTER_SUBMITTING("submit.afterSubmitting"),
    SUBMIT_AFTER_ANSWER("submit.afterAnswer"),
    SUBMIT_AFTER_SUBMITTED("submit.afterSubmitted"),
    RUN_BEFORE_RUNNING("run.beforeRunning"),
    RUN_AFTER_RUNNING("run.afterRunning"),
    STOP_BEFORE_INTENT("stop.beforeIntent"),
    STOP_AFTER_INTENT("stop.afterIntent"),
    STOP_AFTER_SENT("stop.afterSent"),
    STOP_AFTER_REQUESTED("stop.afterRequested"),
    STOP_BEFORE_SAVEPOINT("stop.beforeSavepoint"),
    STOP_AFTER_SAVEPOINT("stop.afterSavepoint"),
    STOP_BEFORE_END("stop.beforeEnd"),
    STOP_AFTER_END("stop.afterEnd"),
    SNAPSHOT_AFTER_INTENT("snapshot.afterIntent"),
    SNAPSHOT_AFTER_SENT("snapshot.afterSent"),
    SNAPSHOT_AFTER_REQUESTED("snapshot.afterRequested"),
    SNAPSHOT_BEFORE_AVAILABLE("snapshot.beforeAvailable"),
    SNAPSHOT_AFTER_AVAILABLE("snapshot.afterAvailable"),
    DISPOSAL_AFTER_INTENT("disposal.afterIntent"),
    DISPOSAL_AFTER_FILES("disposal.afterFiles"),
    DISPOSAL_AFTER_END("disposal.afterEnd"),
    PROOF_AFTER_SUBMITTING("proof.afterSubmitting"),
    PROOF_AFTER_ANSWER("proof.afterAnswer"),
    PROOF_AFTER_VERDICT("proof.afterVerdict");

    private static final int KILLED = 137;
    private static final @Nullable Armed ARMED = Armed.read();

    private final String text;

    Failpoint(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Does nothing, unless a drill armed this place. */
    public void hit() {
        if (ARMED != null && ARMED.name.equals(text) && ARMED.left.decrementAndGet() == 0) {
            if (ARMED.halts) {
                Runtime.getRuntime().halt(KILLED);
            }
            throw new Failure(text);
        }
    }

    /** What an armed place throws. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String where) {
            super("failpoint " + where);
        }
    }

    private record Armed(String name, AtomicInteger left, boolean halts) {
        static @Nullable Armed read() {
            String setting = System.getenv("MILLRACE_FAILPOINT");
            if (setting == null || setting.isBlank()) {
                return null;
            }
            String[] parts = setting.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("MILLRACE_FAILPOINT is <name>:<count>:<halt|throw>, got " + setting);
            }
            return new Armed(parts[0], new AtomicInteger(Integer.parseInt(parts[1])), parts[2].equals("halt"));
        }
    }
}
