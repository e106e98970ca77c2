package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.sql.ScriptObject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One immutable content of a job.
 *
 * @param author who wrote it, with whose rights it runs
 * @param message what its author says of it: at most 1,000 characters; empty if nothing
 * @param objects what its script was decided about when it was written: it runs over nothing else; absent in versions
 *     that are older than this record
 */
public record JobVersion(
        JobId job,
        long version,
        JobSpec spec,
        Author author,
        String message,
        Instant createdAt,
        Optional<List<ScriptObject>> objects) {
    private static final int LONGEST_MESSAGE = 1_000;

    public JobVersion {
        requireNonNull(job, "job");
        requireNonNull(spec, "spec");
        requireNonNull(author, "author");
        requireNonNull(createdAt, "createdAt");
        checkMessage(message);
        objects = objects.map(List::copyOf);
    }

    /** Without a record of what it was decided about. */
    public JobVersion(JobId job, long version, JobSpec spec, Author author, String message, Instant createdAt) {
        this(job, version, spec, author, message, createdAt, Optional.empty());
    }

    /** JOB_INVALID unless it can be the message of a version. */
    public static void checkMessage(String message) {
        if (message.length() > LONGEST_MESSAGE) {
            throw wrong("The message has " + message.length() + " characters; it may have 1,000.");
        }
        if (message.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            throw wrong("The message must not hold control characters.");
        }
    }

    private static MillraceException wrong(String why) {
        return new MillraceException(ErrorCode.JOB_INVALID, why, List.of(Flaw.at("/message", why)));
    }
}
