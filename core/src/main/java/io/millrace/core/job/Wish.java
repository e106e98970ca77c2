package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

/**
 * What people asked for last.
 *
 * @param number counts the wishes of a job from 0, the wish it is created with; each attempt serves one
 * @param version what a start is to run; also what automatic restarts run, until the next wish
 * @param savepoint when stopping: take a savepoint first
 * @param from when starting: what to begin with
 */
public record Wish(DesiredState state, long number, long version, boolean savepoint, StartFrom from) {
    public Wish {
        requireNonNull(state, "state");
        requireNonNull(from, "from");
    }

    /** What a job is created with. */
    public static Wish none() {
        return new Wish(DesiredState.STOPPED, 0, 1, true, StartFrom.LATEST);
    }

    /** Of a job that runs another version it asks to replace it. */
    public Wish start(long ofVersion, StartFrom with) {
        return new Wish(DesiredState.RUNNING, number + 1, ofVersion, true, with);
    }

    public Wish stop(boolean withSavepoint) {
        return new Wish(DesiredState.STOPPED, number + 1, version, withSavepoint, StartFrom.LATEST);
    }
}
