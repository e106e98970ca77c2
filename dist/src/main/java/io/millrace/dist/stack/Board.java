package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.ProcessId;

import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The current record, shared by the supervisor's threads. Each change is on disk before anybody acts on it, if the disk takes it. */
final class Board {
    private final StackFile file;
    private final Clock clock;
    private final Journal journal;
    private final Consumer<StackRecord> watcher;
    private StackRecord current;

    Board(StackRecord first, StackFile file, Clock clock, Journal journal, Consumer<StackRecord> watcher) {
        this.current = requireNonNull(first, "first");
        this.file = requireNonNull(file, "file");
        this.clock = requireNonNull(clock, "clock");
        this.journal = requireNonNull(journal, "journal");
        this.watcher = requireNonNull(watcher, "watcher");
        file.write(first);
    }

    synchronized StackRecord now() {
        return current;
    }

    synchronized StackRecord await(Predicate<StackRecord> condition) throws InterruptedException {
        while (!condition.test(current)) {
            wait();
        }
        return current;
    }

    void awaitUp(Set<String> parts) throws InterruptedException {
        await(record -> record.processes().stream()
                .filter(entry -> parts.contains(entry.name()))
                .allMatch(entry -> entry.state() == PartState.UP));
    }

    void started(String part, ProcessId id) {
        change(part, entry -> entry.started(id, clock.instant()));
    }

    void became(String part, PartState next) {
        change(part, entry -> entry.state() == next ? entry : entry.became(next, clock.instant()));
    }

    void died(String part) {
        change(part, entry -> entry.died(clock.instant()));
    }

    void ended(String part) {
        change(part, entry -> entry.state() == PartState.DOWN ? entry : entry.ended(clock.instant()));
    }

    /** Nothing happens when somebody moved the stack on meanwhile. */
    void phaseIf(Phase expected, Phase next) {
        change(record -> record.phase() == expected ? record.became(next, clock.instant()) : record);
    }

    void phase(Phase next) {
        change(record -> record.became(next, clock.instant()));
    }

    /** Only the first one counts: what fails later fails because of it. */
    void blame(Failure why) {
        change(record -> record.failure() == null ? record.blame(why) : record);
    }

    /** Whether the process answered since it was started; it may have fallen silent since. */
    boolean runsStably(String part) {
        PartState state = now().entry(part).map(Entry::state).orElse(PartState.DOWN);
        return state == PartState.UP || state == PartState.UNHEALTHY;
    }

    private void change(String part, UnaryOperator<Entry> step) {
        change(record -> record.with(part, step));
    }

    private synchronized void change(UnaryOperator<StackRecord> step) {
        StackRecord next = step.apply(current);
        if (!next.equals(current)) {
            write(next);
            current = next;
            watcher.accept(next);
            notifyAll();
        }
    }

    /** A disk that is full now must not end the looking-after; the next change writes the whole record again. */
    private void write(StackRecord next) {
        try {
            file.write(next);
        } catch (StackException e) {
            journal.say(e.getMessage());
        }
    }
}
