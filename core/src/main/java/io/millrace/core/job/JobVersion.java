package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.time.Instant;
import java.util.List;

/**
 * One immutable content of a job.
 *
 * @param author who wrote it, with whose rights it runs
 * @param message what its author says of it: at most 1,000 characters; empty if nothing
 */
public record JobVersion(JobId job, long version, JobSpec spec, Author author, String message, Instant createdAt) {
    private static final int LONGEST_MESSAGE = 1_000;

    public JobVersion {
        requireNonNull(job, "job");
        requireNonNull(spec, "spec");
        requireNonNull(author, "author");
        requireNonNull(createdAt, "createdAt");
        checkMessage(message);
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
