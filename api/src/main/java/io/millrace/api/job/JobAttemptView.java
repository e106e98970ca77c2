package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One execution of a job in Flink.
 *
 * @param number from 1
 * @param state INTENT, SUBMITTING, SUBMITTED or ENDED
 * @param flinkJobId 32 hexadecimal digits
 * @param version what it runs
 * @param restorePath what it started from; null for empty state
 * @param sentAt when it was sent to the cluster first
 * @param runningSince when all its tasks were first seen running
 * @param endedAt when it was seen to be over
 * @param end why it is over, such as FINISHED, STOPPED, FAILED or LOST; null while it is not
 * @param evidence who says so
 * @param failure null when it never failed
 */
public record JobAttemptView(
        int number,
        String state,
        String flinkJobId,
        long version,
        @Nullable String restorePath,
        @Nullable Instant sentAt,
        @Nullable Instant runningSince,
        @Nullable Instant endedAt,
        @Nullable String end,
        @Nullable String evidence,
        @Nullable FailureView failure) {}
