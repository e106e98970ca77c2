package io.millrace.api.git;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One look at a repository, and what came of it.
 *
 * @param by who asked; null when it was time
 * @param commit what was read; null when nothing could be
 * @param code why it was refused or failed, as in a problem
 * @param field which field of the binding is not right, as a JSON pointer such as {@code /url}
 * @param reason what came of it, in a sentence or two; empty while it runs
 * @param problems everything that is wrong with the files of the commit
 */
public record GitPullView(
        long number,
        @Nullable String by,
        boolean dryRun,
        GitPullState state,
        @Nullable GitCommitView commit,
        @Nullable String code,
        @Nullable String field,
        String reason,
        List<GitProblemView> problems,
        List<GitJobView> jobs,
        Instant startedAt,
        @Nullable Instant endedAt) {}
