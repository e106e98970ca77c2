package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import io.millrace.cli.ExitCode;

/** Why the stack cannot do what it was asked: one sentence for the user that says what to do, and the exit code. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public StackException(ExitCode exitCode, String sentence) {
        super(requireNonNull(sentence, "sentence"));
        this.exitCode = requireNonNull(exitCode, "exitCode");
    }

    public StackException(ExitCode exitCode, String sentence, Throwable cause) {
        super(requireNonNull(sentence, "sentence"), cause);
        this.exitCode = requireNonNull(exitCode, "exitCode");
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
