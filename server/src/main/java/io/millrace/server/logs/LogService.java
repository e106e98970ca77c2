package io.millrace.server.logs;

import io.millrace.api.job.LogEntryView;
import io.millrace.api.job.LogPage;
import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.server.access.Guard;
import io.millrace.server.job.JobService;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives kept lines to those who may operate the job: logs can quote what the job reads. */
public final class LogService {
    private final JobService jobs;
    private final SqlLogReader reader;
    private final Guard guard;
    private final Kept kept;
    private final Clock clock;

    /** What is kept at all, and for how long. */
    record Kept(boolean enabled, Duration keep) {}

    /** Of a job, or of one of its attempts. */
    record Which(JobPath job, Optional<Integer> attempt) {}

    LogService(JobService jobs, SqlLogReader reader, Guard guard, Kept kept, Clock clock) {
        this.jobs = jobs;
        this.reader = reader;
        this.guard = guard;
        this.kept = kept;
        this.clock = clock;
    }

    /** The logs of some attempts, as the caller may read them. */
    final class Logs {
        private final List<AttemptLog> attempts;
        private final LogSearch search;

        private Logs(List<AttemptLog> attempts, LogSearch.Query query) {
            this.attempts = attempts;
            this.search = new LogSearch(
                    reader.chunks(attempts, guard.rights().all()),
                    query,
                    found -> attempts.stream().anyMatch(attempt -> attempt.concerns(found)));
        }

        LogSearch.Result page(Optional<LogSearch.Place> after, int size) {
            return search.page(after, size);
        }

        /** What is missing, in sentences. */
        List<String> notes() {
            return LogService.this.notes(attempts);
        }

        LogPage view(LogSearch.Result result, Optional<String> token) {
            Set<String> processes = new TreeSet<>();
            attempts.forEach(attempt -> processes.addAll(attempt.processes()));
            Optional<AttemptLog> newest = attempts.stream()
                    .filter(attempt -> !attempt.processes().isEmpty())
                    .findFirst();
            Optional<Instant> until =
                    newest.flatMap(attempt -> reader.readUntil(attempt.target(), attempt.everyProcess()));
            return new LogPage(
                    result.found().stream().map(this::view).toList(),
                    token.orElse(null),
                    until.orElse(null),
                    List.copyOf(processes),
                    notes());
        }

        private LogEntryView view(LogSearch.Found found) {
            Optional<Integer> number = found.chunk()
                    .owner()
                    .job()
                    .flatMap(job -> attempts.stream()
                            .filter(attempt -> attempt.flinkJob().equals(job))
                            .findFirst())
                    .map(AttemptLog::number);
            return new LogEntryView(
                    found.place().chunk() + "-" + found.place().index(),
                    found.entry().at(),
                    found.entry().level(),
                    found.chunk().process(),
                    number.orElse(null),
                    found.entry().text());
        }
    }

    /** JOB_ATTEMPT_NOT_FOUND when there is no such attempt; of one without kept lines it says why. */
    Logs find(Which which, LogSearch.Query query) {
        Job job = jobs.get(which.job()).job();
        guard.require(Privilege.OPERATE, JobObjects.of(job));
        List<AttemptLog> attempts = reader.attempts(job.id(), which.attempt());
        if (attempts.isEmpty() && which.attempt().isPresent()) {
            throw new MillraceException(
                    ErrorCode.JOB_ATTEMPT_NOT_FOUND,
                    "Job '" + which.job().name() + "' has no attempt "
                            + which.attempt().get() + ".");
        }
        return new Logs(attempts, query);
    }

    private List<String> notes(List<AttemptLog> attempts) {
        List<String> notes = new ArrayList<>();
        if (!kept.enabled()) {
            notes.add("Logs are not kept at the moment: millrace.logs.enabled is false.");
        }
        if (attempts.isEmpty()) {
            notes.add("The job has not been started yet.");
        }
        Instant oldest = clock.instant().minus(kept.keep());
        for (AttemptLog attempt : attempts) {
            String which = "Of attempt " + attempt.number() + ", ";
            if (attempt.cut().isPresent()) {
                notes.add(which + "lines up to " + attempt.cut().get()
                        + " were deleted: they were too old, or others needed the room.");
            } else if (attempt.processes().isEmpty()) {
                notes.add(which + "nothing is kept" + why(attempt, oldest));
            }
        }
        return notes;
    }

    private static String why(AttemptLog attempt, Instant oldest) {
        if (attempt.sentAt().isEmpty()) {
            return ": it was never sent to its cluster.";
        }
        if (attempt.endedAt().filter(ended -> ended.isBefore(oldest)).isPresent()) {
            return ": it ended on " + attempt.endedAt().get() + ", and lines are kept from " + oldest + " on.";
        }
        return attempt.endedAt().isEmpty() ? " yet; ask again in some seconds." : ".";
    }
}
