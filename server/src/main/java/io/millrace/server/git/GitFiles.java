package io.millrace.server.git;

import io.millrace.api.jobfile.JobFiles;
import io.millrace.core.git.GitCommit;
import io.millrace.core.git.PullProblem;

import java.util.List;

/**
 * What a commit says about jobs.
 *
 * @param files the texts below the folder whose names end with {@code .sql}
 * @param problems files that are no texts, as links and what is too large
 */
record GitFiles(GitCommit commit, List<JobFiles.Source> files, List<PullProblem> problems) {
    GitFiles {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }
}
