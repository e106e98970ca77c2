package io.millrace.dist.drill;

import io.millrace.dist.drill.Outcome.Verdict;
import io.millrace.dist.drill.Trial.Options;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs drills one after the other on a stack that they share. One that failed leaves the next a fresh stack. */
final class DrillRunner implements AutoCloseable {
    private static final int LONGEST = 120;

    private final Path folder;
    private final Consumer<String> teller;
    private @Nullable DrillStack stack;
    private int stacks;

    /** Stacks are made below {@code folder} and stay there, stopped. */
    DrillRunner(Path folder, Consumer<String> teller) {
        this.folder = folder;
        this.teller = teller;
    }

    Outcome run(Drill drill, Options options) throws IOException, InterruptedException {
        DrillStack here = up();
        long began = System.nanoTime();
        try (Trial trial = new Trial(here, options, teller)) {
            Optional<Throwable> failure = attempt(drill, trial);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (failure.isPresent()) {
                close();
            }
            Judgement judged = options.control() ? ofControl(drill, trial.broken(), failure) : of(failure);
            return new Outcome(
                    drill, judged.verdict(), trial.injected(), trial.found(), judged.reason(), took, failure);
        }
    }

    /** {@code reason} is what the drill said when it had to fail and did. */
    record Judgement(Verdict verdict, String reason) {}

    private DrillStack up() throws IOException, InterruptedException {
        if (stack == null) {
            teller.accept("starting a stack");
            stack = DrillStack.up(folder.resolve("home-" + ++stacks));
        }
        return stack;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong in a drill is its result
    private static Optional<Throwable> attempt(Drill drill, Trial trial) throws InterruptedException {
        try {
            drill.run(trial);
            trial.finish();
            return Optional.empty();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            return Optional.of(e);
        }
    }

    static Judgement of(Optional<Throwable> failure) {
        return failure.map(why -> new Judgement(
                        why instanceof TestAbortedException ? Verdict.SKIPPED : Verdict.FAILED, message(why)))
                .orElse(new Judgement(Verdict.PASSED, ""));
    }

    /** It has to fail, after the world was broken, and for the reason that was given. */
    static Judgement ofControl(Drill drill, boolean broken, Optional<Throwable> failure) {
        if (failure.isEmpty()) {
            return new Judgement(
                    Verdict.FAILED,
                    "The drill did not notice: " + drill.control().breaks() + ".");
        }
        String said = message(failure.get());
        if (failure.get() instanceof TestAbortedException) {
            return new Judgement(Verdict.SKIPPED, said);
        }
        String finding = drill.control().finding();
        return broken && said.contains(finding)
                ? new Judgement(Verdict.PASSED, "The drill said: … " + line(said, finding))
                : new Judgement(Verdict.FAILED, "The drill failed, but for another reason: " + said);
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage()).strip();
    }

    /** From the finding to the end of its line, without the state of a job that may follow. */
    private static String line(String text, String part) {
        String line = text.substring(text.indexOf(part)).lines().findFirst().orElse(part);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** The seed repeats what a drill chose. */
    static String command(Drill drill, Options options) {
        String control = options.control() ? " --control" : "";
        String rounds = options.rounds() > 0 ? " --rounds " + options.rounds() : "";
        return "./millrace drill " + drill.id() + control + " --seed " + options.seed() + rounds;
    }

    @Override
    public void close() throws IOException {
        if (stack != null) {
            DrillStack old = stack;
            stack = null;
            old.close();
        }
    }
}
