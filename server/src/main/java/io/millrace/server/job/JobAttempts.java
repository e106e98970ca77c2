package io.millrace.server.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.ListedAttempt;

import java.util.List;
import java.util.Optional;

/** What became of the attempts of a job, for those who may see the job. */
final class JobAttempts {
    private final JobService jobs;
    private final JobStore store;

    JobAttempts(JobService jobs, JobStore store) {
        this.jobs = jobs;
        this.store = store;
    }

    /** An attempt with its exception, if it has one. */
    record Told(ListedAttempt attempt, Optional<String> exception) {}

    /** Those before {@code before}, newest first. */
    List<ListedAttempt> list(JobPath path, long before, int limit) {
        return store.attempts(jobs.get(path).job().id(), before, limit);
    }

    Told get(JobPath path, int number) {
        JobId id = jobs.get(path).job().id();
        return store.attempts(id, number + 1L, 1).stream()
                .filter(found -> found.attempt().number() == number)
                .map(found -> new Told(found, store.exception(id, number)))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.JOB_ATTEMPT_NOT_FOUND, "Job '" + path.name() + "' has no attempt " + number + "."));
    }
}
