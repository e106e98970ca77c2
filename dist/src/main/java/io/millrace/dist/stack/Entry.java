package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.ProcessId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * What the record says of one process.
 *
 * @param pid together with {@code startTime} names the process; both are null when there is none
 * @param startTime the kernel's clock ticks at which the process started
 * @param since when it came into its state
 * @param restarts how often it was started again since the stack came up
 */
public record Entry(
        String name, @Nullable Long pid, @Nullable Long startTime, PartState state, Instant since, int restarts) {
    public Entry {
        requireNonNull(name, "name");
        requireNonNull(state, "state");
        requireNonNull(since, "since");
    }

    static Entry waiting(String name, Instant now) {
        return new Entry(name, null, null, PartState.WAITING, now, 0);
    }

    public Optional<ProcessId> process() {
        return pid == null || startTime == null ? Optional.empty() : Optional.of(new ProcessId(pid, startTime));
    }

    Entry started(ProcessId id, Instant now) {
        check(PartState.STARTING);
        int restartsNow = state == PartState.BACKING_OFF ? restarts + 1 : restarts;
        return new Entry(name, id.pid(), id.startTicks(), PartState.STARTING, now, restartsNow);
    }

    /** For moves in which the process stays the same. */
    Entry became(PartState next, Instant now) {
        check(next);
        return new Entry(name, pid, startTime, next, now, restarts);
    }

    Entry died(Instant now) {
        check(PartState.BACKING_OFF);
        return new Entry(name, null, null, PartState.BACKING_OFF, now, restarts);
    }

    Entry ended(Instant now) {
        check(PartState.DOWN);
        return new Entry(name, null, null, PartState.DOWN, now, restarts);
    }

    private void check(PartState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException(name + ": " + state + " cannot become " + next);
        }
    }
}
