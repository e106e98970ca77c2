package io.millrace.core.git;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One look at a repository, and what came of it.
 *
 * @param number counts pulls of all workspaces; a later one has a higher number
 * @param by who asked; empty when it was time
 * @param commit what was read; empty when nothing could be
 * @param outcome as a sentence; empty while it runs
 */
public record Pull(
        long number,
        Optional<String> by,
        boolean dryRun,
        PullState state,
        Optional<GitCommit> commit,
        Outcome outcome,
        Instant startedAt,
        Optional<Instant> endedAt) {
    public Pull {
        requireNonNull(by, "by");
        requireNonNull(state, "state");
        requireNonNull(commit, "commit");
        requireNonNull(outcome, "outcome");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(endedAt, "endedAt");
    }

    /** The same, for eyes that must not see contents. */
    public Pull withoutDiffs() {
        List<PulledJob> jobs =
                outcome.jobs().stream().map(PulledJob::withoutDiff).toList();
        var shown = new Outcome(outcome.code(), outcome.field(), outcome.reason(), outcome.problems(), jobs);
        return new Pull(number, by, dryRun, state, commit, shown, startedAt, endedAt);
    }

    /**
     * What came of a pull.
     *
     * @param code why it was refused or failed
     * @param field which field of the binding is not right, as a JSON pointer
     * @param reason in a sentence; empty while it runs
     * @param problems everything that is wrong with the files
     * @param jobs what was done, or would be
     */
    public record Outcome(
            Optional<ErrorCode> code,
            Optional<String> field,
            String reason,
            List<PullProblem> problems,
            List<PulledJob> jobs) {
        public static final Outcome NONE = new Outcome(Optional.empty(), Optional.empty(), "", List.of(), List.of());

        public Outcome {
            requireNonNull(code, "code");
            requireNonNull(field, "field");
            requireNonNull(reason, "reason");
            problems = List.copyOf(problems);
            jobs = List.copyOf(jobs);
        }
    }
}
