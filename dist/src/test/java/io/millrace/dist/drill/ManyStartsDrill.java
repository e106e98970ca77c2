package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** F12. */
final class ManyStartsDrill implements Drill {
    private static final String NAME = "f12";
    private static final int CALLS = 1_000;
    private static final int AT_A_TIME = 64;

    @Override
    public String id() {
        return "F12";
    }

    @Override
    public String title() {
        return "1,000 people start the same job at the same time";
    }

    @Override
    public Control control() {
        return new Control("the job is stopped and started once more", "one attempt");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (DrillServer server = trial.server()) {
            JobsClient jobs = server.jobs();
            jobs.apply(NAME, Jobs.SPEC);
            Map<String, Integer> answers = callAll(trial, jobs);
            trial.found("answers: " + answers);
            assertThat(answers.keySet())
                    .as("started, or told that somebody else did")
                    .isSubsetOf("200", "409", "412");
            Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
            trial.sabotage(() -> {
                jobs.stop(NAME, false);
                Jobs.awaitState(jobs, NAME, ObservedState.IDLE);
                jobs.start(NAME);
            });
            JobView job = Jobs.awaitState(jobs, NAME, ObservedState.RUNNING);
            assertThat(job.attempt()).as("one attempt: %s", job).isEqualTo(1);
            trial.found("one attempt");
            Jobs.remove(trial, jobs, NAME);
        }
    }

    private static Map<String, Integer> callAll(Trial trial, JobsClient jobs) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS * trial.rounds(1); i++) {
                calls.add(() -> start(jobs));
            }
            Map<String, Integer> answers = new TreeMap<>();
            for (Future<String> answer : people.invokeAll(calls)) {
                answers.merge(answer.get(), 1, Integer::sum);
            }
            trial.injected(calls.size() + " identical calls, " + AT_A_TIME + " at a time");
            return answers;
        } finally {
            people.shutdownNow();
        }
    }

    private static String start(JobsClient jobs) {
        try {
            jobs.start(NAME);
            return "200";
        } catch (ApiException e) {
            return Integer.toString(e.problem().status());
        }
    }
}
