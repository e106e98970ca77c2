package io.millrace.dist.drill;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** One run of one drill: where it runs, what it may choose, and what it tells. */
final class Trial implements AutoCloseable {
    private static final int FEWEST_LOOKS = 5;

    private final DrillStack stack;
    private final Options options;
    private final Consumer<String> teller;
    private final Random random;
    private final RunningOnce once;
    private final Map<String, Integer> injected = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();
    private Duration tolerated = Duration.ZERO;
    private Duration slowest = Duration.ZERO;
    private int opened;
    private int logs;
    private boolean broken;

    /**
     * What people chose.
     *
     * @param seed for all that is random
     * @param rounds how often the fault is injected; 0 for as often as is usual
     * @param control whether the drill runs as its negative control
     */
    record Options(long seed, int rounds, boolean control) {
        static final long SEED = 20_260_601L;

        Options asControl() {
            return new Options(seed, rounds, true);
        }
    }

    /** Something that may fail in any way. */
    interface Action {
        void run() throws Exception;
    }

    Trial(DrillStack stack, Options options, Consumer<String> teller) {
        this.stack = requireNonNull(stack, "stack");
        this.options = requireNonNull(options, "options");
        this.teller = requireNonNull(teller, "teller");
        this.random = new Random(options.seed());
        this.once = new RunningOnce(stack);
    }

    DrillStack stack() {
        return stack;
    }

    Random random() {
        return random;
    }

    /** A control shows what it has to in one round. */
    int rounds(int usual) {
        if (options.control()) {
            return 1;
        }
        return options.rounds() > 0 ? options.rounds() : usual;
    }

    boolean control() {
        return options.control();
    }

    DrillServer server() throws IOException {
        return DrillServer.start(stack, "", Map.of());
    }

    /** Breaks the world, in a control only. */
    void sabotage(Action action) throws Exception {
        if (options.control()) {
            action.run();
            broken = true;
        }
    }

    /** Whether the control got so far that the drill must notice. */
    boolean broken() {
        return broken;
    }

    /** Two Flink jobs of one name may be seen for this long. */
    void tolerateTwo(Duration overlap) {
        tolerated = overlap;
        once.tolerate(overlap);
    }

    void injected(String what) {
        injected.merge(what, 1, Integer::sum);
        say(what);
    }

    void found(String what) {
        found.add(what);
        say(what);
    }

    void say(String what) {
        teller.accept(what);
    }

    /** Everything was as wanted again this long after a fault. */
    void recovered(Duration time) {
        slowest = time.compareTo(slowest) > 0 ? time : slowest;
    }

    /** A job's events were checked, and its savepoints opened. */
    void checked(int savepoints) {
        logs++;
        opened += savepoints;
    }

    /** What holds in every drill. */
    void finish() {
        assertThat(once.violations()).as("two Flink jobs of one name").isEmpty();
        assertThat(once.samples()).as("looks at Flink").isGreaterThan(FEWEST_LOOKS);
        if (!slowest.isZero()) {
            found.add(String.format(Locale.ROOT, "as wanted again within %.1f s", slowest.toMillis() / 1000.0));
        }
        String longer = tolerated.isZero() ? "" : " for longer than " + tolerated.toSeconds() + " s";
        found.add("no job ran twice" + longer + " in " + once.samples() + " looks at Flink");
        if (logs > 0) {
            found.add("attempts in order in every history: " + logs);
        }
        if (opened > 0) {
            found.add(opened + " reported savepoints and checkpoints opened, none missing");
        }
    }

    Map<String, Integer> injected() {
        return injected;
    }

    List<String> found() {
        return found;
    }

    @Override
    public void close() {
        once.close();
    }
}
