package io.millrace.core.job;

import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkJob;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a look at the cluster said of the live attempt.
 *
 * @param job empty when the JobManager does not know it
 * @param incarnation the JobManager that said so
 * @param absences how many looks in a row found nothing, this one included
 * @param absentFor time from the first of them to this one
 * @param trouble what last made Flink restart it, while not all of it runs
 */
record Sighting(
        Optional<FlinkJob> job, String incarnation, int absences, Duration absentFor, Optional<Failure> trouble) {
    private static final int MIN_ABSENCES = 3;

    /** Longer than a request to the cluster is on its way. */
    private static final Duration MIN_ABSENT = Duration.ofSeconds(15);

    /** One "not found" can be a passing state of the cluster; several over a while cannot. */
    boolean surelyAbsent(Attempt.Sent sent, Instant now) {
        return job.isEmpty() && absences >= MIN_ABSENCES && absentFor.compareTo(MIN_ABSENT) >= 0 && arrived(sent, now);
    }

    /** Whether no request to submit it is on its way any more. */
    boolean arrived(Attempt.Sent sent, Instant now) {
        return !sent.last().plus(MIN_ABSENT).isAfter(now);
    }
}
