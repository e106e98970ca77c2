/**
 * Git as the source of a workspace's jobs: which folder of which repository, and what came of each pull.
 *
 * <p>A pull reads the job files of one commit, checks all of them, and writes all of them or none. See
 * docs/decisions/0021-git-writes-all-jobs-of-a-commit-or-none.md.
 */
@NullMarked
package io.millrace.core.git;

import org.jspecify.annotations.NullMarked;
