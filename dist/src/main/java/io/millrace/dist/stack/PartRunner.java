package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.FAILED;
import static io.millrace.cli.ExitCode.PORT;
import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Backoff;
import io.millrace.dist.process.Child;
import io.millrace.dist.process.LogFile;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.process.Stopper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks after one process on a thread of its own: the first start, which fails the whole stack when it does not succeed,
 * and then a new start after each death. An interrupt ends the looking-after; the process ends in {@link #stop}.
 */
final class PartRunner implements Runnable {
    private static final Duration LOOK_WHILE_STARTING = Duration.ofMillis(50);
    private static final Duration LOOK_WHILE_UP = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int CHECKS_TO_DOUBT = 3;
    private static final int LAST_LINES = 15;
    private static final int LINES_TO_SIFT = 300;

    private final Part part;
    private final Board board;
    private final LogFile log;
    private final Journal journal;
    private final Backoff backoff;
    private final Duration startLimit;
    private final ProcessTable table = new ProcessTable();
    private volatile @Nullable Child child;

    PartRunner(Part part, Board board, LogFile log, Journal journal, Backoff backoff, Duration startLimit) {
        this.part = requireNonNull(part, "part");
        this.board = requireNonNull(board, "board");
        this.log = requireNonNull(log, "log");
        this.journal = requireNonNull(journal, "journal");
        this.backoff = requireNonNull(backoff, "backoff");
        this.startLimit = requireNonNull(startLimit, "startLimit");
    }

    Part part() {
        return part;
    }

    @Override
    public void run() {
        try {
            board.awaitUp(part.needs());
            part.prepare();
            Child first = start();
            if (awaitFirstAnswer(first)) {
                board.became(part.name(), PartState.UP);
                lookAfter(first);
            }
        } catch (InterruptedException asked) {
            // The supervisor stops the stack and will call stop().
        } catch (StackException e) {
            blame(Failure.of(e));
        } catch (IOException | RuntimeException e) {
            journal.say(part.name() + " cannot be started", e);
            blame(new Failure(FAILED, part.name() + " cannot be started: " + e + ".", lastLines()));
        }
    }

    /** Called when the thread of {@link #run} is over. */
    void stop() {
        Child running = child;
        if (running != null && running.isAlive()) {
            board.became(part.name(), PartState.STOPPING);
            if (!new Stopper(table).stop(running.id(), part.politeSignal(), STOP_LIMIT)) {
                journal.say(part.name() + " does not end, not even when killed");
                return;
            }
        }
        board.ended(part.name());
    }

    private Child start() throws IOException {
        Child started = Child.start(part.command(), table);
        child = started;
        board.started(part.name(), started.id());
        journal.say(part.name() + " started as process " + started.id().pid());
        return started;
    }

    private boolean awaitFirstAnswer(Child first) throws InterruptedException {
        long end = System.nanoTime() + startLimit.toNanos();
        while (!part.answers()) {
            if (first.awaitExit(LOOK_WHILE_STARTING)) {
                return notUp("ended with exit status " + first.exitValue() + " before it answered");
            }
            if (System.nanoTime() >= end) {
                return notUp("did not answer within " + startLimit.toSeconds() + " s");
            }
        }
        return true;
    }

    private boolean notUp(String what) {
        List<String> lines = lastLines();
        boolean portTaken = lines.stream().anyMatch(line -> line.contains("ddress already in use"));
        blame(new Failure(
                portTaken ? PORT : FAILED,
                part.name() + " " + what + "; its log is " + part.command().log() + ".",
                lines));
        return false;
    }

    private void blame(Failure failure) {
        if (!Thread.currentThread().isInterrupted()) {
            board.blame(failure);
        }
    }

    private void lookAfter(Child first) throws InterruptedException {
        Child current = first;
        long bornAt = System.nanoTime();
        int deaths = 0;
        int doubts = 0;
        while (true) {
            if (current.awaitExit(board.runsStably(part.name()) ? LOOK_WHILE_UP : LOOK_WHILE_STARTING)) {
                deaths = backoff.deathsInARow(deaths, Duration.ofNanos(System.nanoTime() - bornAt));
                current = startAfterDeath(current, backoff.delay(deaths));
                bornAt = System.nanoTime();
                doubts = 0;
            } else if (part.answers()) {
                doubts = 0;
                board.became(part.name(), PartState.UP);
            } else if (++doubts == CHECKS_TO_DOUBT && board.runsStably(part.name())) {
                journal.say(part.name() + " runs but does not answer");
                board.became(part.name(), PartState.UNHEALTHY);
            }
        }
    }

    private Child startAfterDeath(Child dead, Duration wait) throws InterruptedException {
        board.died(part.name());
        journal.say(part.name() + " ended with exit status " + dead.exitValue() + "; it is started again in "
                + wait.toMillis() + " ms");
        while (true) {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            try {
                return start();
            } catch (IOException e) {
                journal.say(part.name() + " cannot be started", e);
            }
        }
    }

    /** A stack trace's frames push its causes, which say what is wrong, out of sight. */
    private static boolean tellsMore(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.startsWith("at ") && !text.matches("\\.\\.\\. \\d+ (common frames )?more.*");
    }

    private List<String> lastLines() {
        try {
            List<String> telling = log.tail(LINES_TO_SIFT).stream()
                    .filter(PartRunner::tellsMore)
                    .toList();
            return telling.subList(Math.max(0, telling.size() - LAST_LINES), telling.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
