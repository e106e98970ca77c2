package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

/**
 * What people asked for last.
 *
 * @param number counts the wishes of a job from 0, the wish it is created with; each attempt serves one
 * @param version what a start is to run; also what automatic restarts run, until the next wish
 * @param savepoint when stopping: take a savepoint first
 * @param empty when starting: begin with empty state although there is a savepoint or checkpoint
 */
public record Wish(DesiredState state, long number, long version, boolean savepoint, boolean empty) {
    public Wish {
        requireNonNull(state, "state");
    }

    /** What a job is created with. */
    public static Wish none() {
        return new Wish(DesiredState.STOPPED, 0, 1, true, false);
    }

    public Wish start(long ofVersion, boolean fromEmpty) {
        return new Wish(DesiredState.RUNNING, number + 1, ofVersion, true, fromEmpty);
    }

    public Wish stop(boolean withSavepoint) {
        return new Wish(DesiredState.STOPPED, number + 1, version, withSavepoint, false);
    }
}
