package io.millrace.dist.stack;

import io.millrace.dist.process.Command;
import io.millrace.dist.process.Signal;

import java.io.IOException;
import java.util.Set;

/** One process of the stack: what the supervisor must know to start it, watch it and stop it. */
public interface Part {
    String name();

    /** The parts that must answer before this one starts. */
    default Set<String> needs() {
        return Set.of();
    }

    /** The parts that must be gone before this one is asked to end. */
    default Set<String> outlives() {
        return Set.of();
    }

    /** Writes configuration and makes data folders. Once per start of the stack; what was cut off is done again. */
    void prepare() throws IOException, InterruptedException;

    /** How to start the process. Asked again before each restart. */
    Command command();

    /** Whether it does its work. Called while the process runs; must come back within a few seconds. */
    boolean answers();

    default Signal politeSignal() {
        return Signal.TERM;
    }
}
