package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.DeploymentPhase;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** What drills do with jobs, and the checks that every job passes before it is removed. */
final class Jobs {
    /** The promise: everything is as people want it this long after a fault is over. */
    static final Duration CONVERGED = Duration.ofSeconds(30);

    /** A job that keeps the place it has come to, and bothers nobody. */
    static final String SCRIPT = """
            CREATE TEMPORARY TABLE source (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '20');
            CREATE TEMPORARY TABLE sink (id BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO sink SELECT id FROM source;
            """;

    static final JobSpec SPEC = spec(SCRIPT);

    private static final Set<ObservedState> AT_REST = Set.of(ObservedState.IDLE, ObservedState.FINISHED);

    private Jobs() {}

    /** A streaming job with a checkpoint each second. */
    static JobSpec spec(String script) {
        return new JobSpec(script, null, null, 1, "PT1S", null, null);
    }

    static JobView awaitState(JobsClient jobs, String name, ObservedState state) {
        return awaitState(jobs, name, state, CONVERGED);
    }

    static JobView awaitState(JobsClient jobs, String name, ObservedState state, Duration atMost) {
        await(name + " is " + state)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    JobView job = jobs.get(name);
                    assertThat(job.observed()).as("%s", job).isEqualTo(state);
                });
        return jobs.get(name);
    }

    static void awaitPhase(JobsClient jobs, String name, DeploymentPhase phase) {
        await(name + " is " + phase)
                .atMost(CONVERGED)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    JobView job = jobs.get(name);
                    assertThat(job.deployment()).as("%s", job).isNotNull();
                    assertThat(job.deployment().phase()).as("%s", job).isEqualTo(phase);
                });
    }

    /** Stops it, holds what is recorded of it against the rules, and deletes it. */
    static void remove(Trial trial, JobsClient jobs, String name) throws IOException {
        jobs.stop(name, false);
        await(name + " is at rest")
                .atMost(CONVERGED)
                .until(() -> AT_REST.contains(jobs.get(name).observed()));
        JobView job = jobs.get(name);
        List<JobEventView> history = history(jobs, name);
        assertThat(AttemptOrder.violations(history)).as("history of %s", name).isEmpty();
        List<String> reported = Savepoints.reported(job, history);
        assertThat(Savepoints.unreadable(reported)).as("savepoints of %s", name).isEmpty();
        trial.checked(reported.size());
        jobs.delete(name);
    }

    /** Oldest first. */
    static List<JobEventView> history(JobsClient jobs, String name) {
        List<JobEventView> all = new ArrayList<>();
        String token = null;
        do {
            var page = jobs.events(name, 500, token);
            all.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null);
        Collections.reverse(all);
        return all;
    }
}
