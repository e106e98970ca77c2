/**
 * Git as the source of a workspace's jobs: who sets it, reads the repository, and writes the jobs of a commit.
 *
 * <p>See docs/decisions/0021-git-writes-all-jobs-of-a-commit-or-none.md and docs/guide/git.md.
 */
@NullMarked
package io.millrace.server.git;

import org.jspecify.annotations.NullMarked;
