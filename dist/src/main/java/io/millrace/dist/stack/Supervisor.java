package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Backoff;
import io.millrace.dist.process.LogFile;
import io.millrace.dist.process.ProcessId;
import io.millrace.dist.process.ProcessTable;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the parts of a stack as soon as what they need answers, keeps them running, and stops them so that none loses
 * what it depends on. The launcher's main thread calls {@link #start}; any thread, usually a shutdown hook, {@link #stop}.
 */
public final class Supervisor {
    /** How its log is called, beside those of the parts. */
    public static final String NAME = "supervisor";

    private static final Duration THREAD_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_AT_LOGS_EVERY = Duration.ofSeconds(10);
    private static final long LONGEST_LOG = 20L << 20;

    private final Board board;
    private final Journal journal;
    private final List<LogFile> logs;
    private final Map<PartRunner, Thread> runners = new LinkedHashMap<>();
    private final Thread housekeeping = new Thread(this::keepLogsShort, "housekeeping");
    private boolean stopped;

    /** Writes the first record. The caller holds the home's lock. */
    public static Supervisor of(
            Home home, Ports ports, List<Part> parts, Duration startLimit, Consumer<StackRecord> watcher) {
        ProcessId self = new ProcessTable().find(ProcessHandle.current().pid()).orElseThrow();
        var clock = Clock.systemUTC();
        List<String> names = parts.stream().map(Part::name).toList();
        var first = StackRecord.starting(self, ports, names, clock.instant());
        var journal = new Journal(home.log(NAME), clock);
        var board = new Board(first, new StackFile(home.record()), clock, journal, watcher);
        return new Supervisor(board, parts, home, journal, startLimit, Backoff.ofTheStack());
    }

    Supervisor(Board board, List<Part> parts, Home home, Journal journal, Duration startLimit, Backoff backoff) {
        this.board = requireNonNull(board, "board");
        this.journal = requireNonNull(journal, "journal");
        for (Part part : parts) {
            var log = new LogFile(home.log(part.name()));
            var runner = new PartRunner(part, board, log, journal, backoff, startLimit);
            runners.put(runner, new Thread(runner, part.name()));
        }
        logs = Stream.concat(parts.stream().map(Part::name), Stream.of(NAME))
                .map(name -> new LogFile(home.log(name)))
                .toList();
        housekeeping.setDaemon(true);
    }

    /** Starts all parts and waits until all answer. Empty then, and also when somebody stopped it meanwhile. */
    public Optional<Failure> start() throws InterruptedException {
        synchronized (this) {
            if (!stopped) {
                runners.values().forEach(Thread::start);
                housekeeping.start();
            }
        }
        StackRecord seen =
                board.await(record -> record.failure() != null || record.isUp() || record.phase() != Phase.STARTING);
        if (seen.failure() == null && seen.phase() == Phase.STARTING) {
            board.phaseIf(Phase.STARTING, Phase.UP);
        }
        return Optional.ofNullable(seen.failure());
    }

    /** Waits until the stack was stopped. */
    public void awaitEnd() throws InterruptedException {
        board.await(record -> record.phase() == Phase.DOWN || record.phase() == Phase.FAILED);
    }

    /** Ends all processes; when it returns, none is left. May be called at any time and more than once. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        boolean failed = board.now().failure() != null;
        board.phase(Phase.STOPPING);
        runners.values().forEach(Thread::interrupt);
        runners.values().forEach(Supervisor::join);
        stopProcesses();
        board.phase(failed ? Phase.FAILED : Phase.DOWN);
        journal.say("stopped");
    }

    private void stopProcesses() {
        List<PartRunner> left = new ArrayList<>(runners.keySet());
        while (!left.isEmpty()) {
            Set<String> names =
                    left.stream().map(runner -> runner.part().name()).collect(Collectors.toSet());
            List<PartRunner> next = left.stream()
                    .filter(runner -> runner.part().outlives().stream().noneMatch(names::contains))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("each of " + names + " outlives another one of them");
            }
            List<Thread> threads = next.stream()
                    .map(runner ->
                            new Thread(runner::stop, "stop-" + runner.part().name()))
                    .toList();
            threads.forEach(Thread::start);
            threads.forEach(Supervisor::join);
            left.removeAll(next);
        }
    }

    private void keepLogsShort() {
        while (true) {
            LockSupport.parkNanos(LOOK_AT_LOGS_EVERY.toNanos());
            for (LogFile log : logs) {
                try {
                    log.rotateIfLongerThan(LONGEST_LOG);
                } catch (IOException e) {
                    journal.say("a log cannot be shortened", e);
                }
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(THREAD_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
