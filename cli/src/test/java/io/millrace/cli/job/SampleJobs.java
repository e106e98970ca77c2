package io.millrace.cli.job;

import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs as a server shows them. */
final class SampleJobs {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private SampleJobs() {}

    static JobView job(ObservedState observed, int attempt) {
        return new JobView(
                "default",
                "orders",
                List.of(),
                null,
                DesiredState.RUNNING,
                observed,
                NOON,
                null,
                "it was so",
                3,
                null,
                "00112233445566778899aabbccddeeff",
                attempt,
                null,
                null,
                spec(),
                NOON,
                NOON,
                9);
    }

    static JobView in(String workspace, JobView job) {
        return new JobView(
                workspace,
                job.name(),
                job.tags(),
                job.owner(),
                job.desired(),
                job.observed(),
                job.seenAt(),
                job.unknownSince(),
                job.reason(),
                job.version(),
                job.runningVersion(),
                job.flinkJobId(),
                job.attempt(),
                job.restorePath(),
                job.deployment(),
                job.spec(),
                job.createdAt(),
                job.changedAt(),
                job.generation());
    }

    static JobView stopped() {
        return new JobView(
                "default",
                "orders",
                List.of(),
                null,
                DesiredState.STOPPED,
                ObservedState.IDLE,
                NOON,
                null,
                null,
                3,
                null,
                null,
                1,
                "file:///sp",
                null,
                spec(),
                NOON,
                NOON,
                9);
    }

    static JobView fresh() {
        return new JobView(
                "default",
                "fresh",
                List.of(),
                null,
                DesiredState.STOPPED,
                ObservedState.IDLE,
                null,
                null,
                null,
                1,
                null,
                null,
                0,
                null,
                null,
                spec(),
                NOON,
                NOON,
                1);
    }

    static JobSpec spec() {
        return new JobSpec("INSERT INTO a SELECT 1\n", JobMode.STREAMING, "local", 1, "PT30S", null, Map.of());
    }
}
