package io.millrace.core.lineage;

import io.millrace.core.job.Attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told about a run, in OpenLineage's words. A run is one attempt that was sent to a cluster. */
public enum RunMoment {
    /** It was sent. */
    START,
    /** All its tasks run. */
    RUNNING,
    /** It came to its end by itself. */
    COMPLETE,
    /** It was refused, failed, or is lost. */
    FAIL,
    /** Somebody ended it. */
    ABORT;

    /** What happened between two looks at an attempt, in order. One that was never sent is no run. */
    public static List<RunMoment> between(Optional<Attempt> before, Attempt after) {
        Optional<Attempt> same = before.filter(attempt -> attempt.number() == after.number());
        List<RunMoment> moments = new ArrayList<>();
        if (after.sent().isEmpty()) {
            return moments;
        }
        if (same.flatMap(Attempt::sent).isEmpty()) {
            moments.add(START);
        }
        if (after.runningSince().isPresent()
                && same.flatMap(Attempt::runningSince).isEmpty()) {
            moments.add(RUNNING);
        }
        if (same.flatMap(Attempt::end).isEmpty()) {
            after.end()
                    .ifPresent(end -> moments.add(
                            switch (end.cause()) {
                                case FINISHED -> COMPLETE;
                                case STOPPED, CANCELED, WITHDRAWN -> ABORT;
                                case FAILED, REJECTED, LOST -> FAIL;
                            }));
        }
        return moments;
    }
}
