package io.millrace.api.git;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a pull.
 *
 * @param dryRun show what would change, and change nothing; default false
 * @param takeOver replace the content of jobs that did not come from Git too; default false
 */
public record NewGitPull(@Nullable Boolean dryRun, @Nullable Boolean takeOver) {}
