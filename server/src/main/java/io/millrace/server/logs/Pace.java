package io.millrace.server.logs;

import java.time.Duration;

/**
 * How often a log is read. Flink gives whole files only, so a large one is read less often.
 *
 * @param bytesPerMinute so much of a cluster, more or less
 */
record Pace(Duration interval, long bytesPerMinute) {
    private static final long MINUTE_MILLIS = 60_000;

    /** When something happened to a job, its lines are wanted four times as soon. */
    private static final int SOONER = 4;

    /** Until a log of this size is read again, one of so many of the cluster. */
    Duration calm(long size, int processes) {
        Duration affordable = Duration.ofMillis(
                Math.multiplyExact(size / 1000, processes) * MINUTE_MILLIS / Math.max(1, bytesPerMinute / 1000));
        return affordable.compareTo(interval) > 0 ? affordable : interval;
    }

    /** The same when something happened to a job. */
    Duration urgent(long size, int processes) {
        Duration calm = calm(size, processes);
        return calm.equals(interval) ? Duration.ZERO : calm.dividedBy(SOONER);
    }
}
