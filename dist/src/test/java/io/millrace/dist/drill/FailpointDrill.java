package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.core.job.Failpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** F01: every failpoint there is; one that the drill does not reach fails it. */
final class FailpointDrill implements Drill {
    @Override
    public String id() {
        return "F01";
    }

    @Override
    public String title() {
        return "The server dies at every named place of starting and stopping a job";
    }

    @Override
    public Control control() {
        return new Control("a second submission behind the server's back", "runs as");
    }

    @Override
    public void run(Trial trial) throws Exception {
        // The others are in SnapshotDrillsE2E; a place in neither of them is never reached, and fails here.
        List<Failpoint> places = new ArrayList<>(Stream.of(Failpoint.values())
                .filter(place -> !place.name().matches(SnapshotDrillsE2E.FAILPOINTS))
                .toList());
        int rounds = Math.min(trial.rounds(places.size()), places.size());
        if (rounds < places.size()) {
            Collections.shuffle(places, trial.random());
        }
        for (Failpoint place : trial.control() ? List.of(Failpoint.SUBMIT_AFTER_ANSWER) : places.subList(0, rounds)) {
            dieAt(trial, place);
        }
    }

    private static void dieAt(Trial trial, Failpoint place) throws Exception {
        boolean stops = place.name().startsWith("STOP_");
        String name = "f01-" + place.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (DrillServer doomed = DrillServer.start(trial.stack(), place + ":1:halt", Map.of())) {
            doomed.jobs().apply(name, Jobs.SPEC);
            if (stops) {
                doomed.jobs().start(name);
                Jobs.awaitState(doomed.jobs(), name, ObservedState.RUNNING);
                doomed.dieOf(() -> doomed.jobs().stop(name, true));
            } else {
                doomed.dieOf(() -> doomed.jobs().start(name));
            }
        }
        trial.say(place.toString());
        trial.injected("server halted at a named place");
        trial.sabotage(() -> trial.stack().submit("default." + name));
        recover(trial, name, stops);
    }

    private static void recover(Trial trial, String name, boolean stops) throws IOException {
        long died = System.nanoTime();
        try (DrillServer next = trial.server()) {
            JobView job = Jobs.awaitState(next.jobs(), name, stops ? ObservedState.IDLE : ObservedState.RUNNING);
            trial.recovered(Duration.ofNanos(System.nanoTime() - died));

            assertThat(job.attempt()).as("one attempt: %s", job).isEqualTo(1);
            if (stops) {
                assertThat(job.restorePath()).as("the savepoint: %s", job).contains("/savepoints/");
                assertThat(trial.stack().savepoints(String.valueOf(job.restorePath())))
                        .as("it was taken once")
                        .isEqualTo(1);
                next.jobs().start(name);
                JobView again = Jobs.awaitState(next.jobs(), name, ObservedState.RUNNING);
                assertThat(again.restorePath()).isEqualTo(job.restorePath());
            }
            Jobs.remove(trial, next.jobs(), name);
        }
    }
}
