package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import io.millrace.cli.ExitCode;

import java.util.List;

/**
 * Why a start failed, for the command that asked for it.
 *
 * @param lastLines what the process at fault wrote last; empty when no process is
 */
public record Failure(ExitCode exitCode, String sentence, List<String> lastLines) {
    public Failure {
        requireNonNull(exitCode, "exitCode");
        requireNonNull(sentence, "sentence");
        lastLines = List.copyOf(lastLines);
    }

    public static Failure of(StackException e) {
        return new Failure(e.exitCode(), e.getMessage(), List.of());
    }
}
