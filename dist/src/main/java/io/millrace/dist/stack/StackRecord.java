package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.ProcessId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The content of {@code stack.json}. Only the supervisor writes it, and whoever cleans up after one that died.
 *
 * @param format grows when the fields change their meaning
 * @param since when the stack came into its phase
 */
public record StackRecord(
        int format,
        ProcessId supervisor,
        Phase phase,
        Instant since,
        @Nullable Failure failure,
        Ports ports,
        List<Entry> processes) {
    static final int FORMAT = 1;

    public StackRecord {
        if (format != FORMAT) {
            throw new IllegalArgumentException("its format is " + format + ", this Millrace knows " + FORMAT);
        }
        requireNonNull(supervisor, "supervisor");
        requireNonNull(phase, "phase");
        requireNonNull(since, "since");
        requireNonNull(ports, "ports");
        processes = List.copyOf(processes);
    }

    static StackRecord starting(ProcessId supervisor, Ports ports, List<String> parts, Instant now) {
        List<Entry> entries =
                parts.stream().map(part -> Entry.waiting(part, now)).toList();
        return new StackRecord(FORMAT, supervisor, Phase.STARTING, now, null, ports, entries);
    }

    StackRecord became(Phase next, Instant now) {
        if (!phase.canBecome(next)) {
            throw new IllegalStateException("the stack: " + phase + " cannot become " + next);
        }
        return new StackRecord(format, supervisor, next, now, failure, ports, processes);
    }

    StackRecord blame(Failure why) {
        return new StackRecord(format, supervisor, phase, since, why, ports, processes);
    }

    boolean isUp() {
        return processes.stream().allMatch(entry -> entry.state() == PartState.UP);
    }

    /** After a clean-up: nothing of this record runs any more. */
    StackRecord allEnded(Instant now) {
        List<Entry> ended = processes.stream()
                .map(entry -> entry.state() == PartState.DOWN ? entry : entry.ended(now))
                .toList();
        return new StackRecord(format, supervisor, Phase.DOWN, now, null, ports, ended);
    }

    StackRecord with(String part, UnaryOperator<Entry> change) {
        List<Entry> changed = processes.stream()
                .map(entry -> entry.name().equals(part) ? change.apply(entry) : entry)
                .toList();
        return new StackRecord(format, supervisor, phase, since, failure, ports, changed);
    }

    public Optional<Entry> entry(String part) {
        return processes.stream().filter(entry -> entry.name().equals(part)).findFirst();
    }
}
