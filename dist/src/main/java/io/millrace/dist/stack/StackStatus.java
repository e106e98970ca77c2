package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.dist.process.ProcessId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is true of a stack now: its record, checked against the processes that run.
 *
 * @param ui where people reach the server; null when the stack is down
 * @param problem one sentence when something is wrong that the states alone do not say
 */
public record StackStatus(
        State state,
        @Nullable String ui,
        List<ProcessStatus> processes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String problem) {

    /** The stack as a whole. */
    public enum State {
        /** All processes run and answer. */
        UP,
        /** The supervisor starts the processes. */
        STARTING,
        /** Something runs, but not all of it, or nobody looks after it, or it is about to stop. */
        DEGRADED,
        /** Nothing runs. */
        DOWN
    }

    /** One process; {@code pid} is null when it does not run. */
    public record ProcessStatus(String name, @Nullable Long pid, PartState state, Instant since, int restarts) {}

    public StackStatus {
        requireNonNull(state, "state");
        processes = List.copyOf(processes);
    }

    /** {@code runs} asks the operating system. */
    public static StackStatus of(Optional<StackRecord> record, Predicate<ProcessId> runs) {
        return record.map(known -> of(known, runs)).orElse(new StackStatus(State.DOWN, null, List.of(), null));
    }

    private static StackStatus of(StackRecord record, Predicate<ProcessId> runs) {
        boolean supervised = runs.test(record.supervisor());
        List<ProcessStatus> processes = record.processes().stream()
                .map(entry -> verified(entry, runs, supervised))
                .toList();
        boolean anyRuns = processes.stream().anyMatch(process -> process.pid() != null);
        if (!supervised && !anyRuns) {
            return new StackStatus(State.DOWN, null, processes, ending(record));
        }
        if (!supervised) {
            return new StackStatus(
                    State.DEGRADED,
                    record.ports().ui(),
                    processes,
                    "The stack's supervisor died and nobody looks after its processes; run millrace up to start anew, or"
                            + " millrace down.");
        }
        return new StackStatus(supervised(record, processes), record.ports().ui(), processes, phaseProblem(record));
    }

    /** What has no process will get one only from a supervisor. */
    private static ProcessStatus verified(Entry entry, Predicate<ProcessId> runs, boolean supervised) {
        boolean alive = entry.process().filter(runs).isPresent();
        boolean expected = supervised && entry.process().isEmpty();
        return new ProcessStatus(
                entry.name(),
                alive ? entry.pid() : null,
                alive || expected ? entry.state() : PartState.DOWN,
                entry.since(),
                entry.restarts());
    }

    private static State supervised(StackRecord record, List<ProcessStatus> processes) {
        return switch (record.phase()) {
            case STARTING -> State.STARTING;
            case UP ->
                processes.stream().allMatch(process -> process.state() == PartState.UP) ? State.UP : State.DEGRADED;
            case STOPPING, DOWN, FAILED -> State.DEGRADED;
        };
    }

    private static @Nullable String phaseProblem(StackRecord record) {
        return switch (record.phase()) {
            case STARTING, UP -> null;
            case STOPPING, DOWN, FAILED -> "The stack is being stopped.";
        };
    }

    private static @Nullable String ending(StackRecord record) {
        return switch (record.phase()) {
            case DOWN -> null;
            case FAILED ->
                Optional.ofNullable(record.failure()).map(Failure::sentence).orElse(null);
            case STARTING, UP, STOPPING -> "The stack's supervisor died, and so did its processes.";
        };
    }
}
