package io.millrace.server.checkpoint;

import io.millrace.api.job.CheckpointScheduler;
import io.millrace.api.job.CheckpointsView;
import io.millrace.core.job.CheckpointPlan;

import java.time.Duration;

/** Domain to wire. */
final class CheckpointViews {
    private CheckpointViews() {}

    static CheckpointsView of(CheckpointService.Listed listed) {
        boolean ours = listed.spec().scheduler() == io.millrace.core.job.CheckpointScheduler.SERVER;
        Duration pause = listed.plan().map(CheckpointPlan::minPause).orElse(Duration.ZERO);
        Duration net = io.millrace.core.job.CheckpointScheduler.safetyNet(
                listed.spec().checkpoint().orElseThrow());
        return new CheckpointsView(
                CheckpointScheduler.valueOf(listed.spec().scheduler().name()),
                listed.plan().map(CheckpointPlan::running).orElse(true),
                listed.interval().toString(),
                ours ? pause.toString() : null,
                ours ? net.toString() : null,
                listed.plan().map(CheckpointPlan::changedBy).orElse(null),
                listed.plan().map(CheckpointPlan::changedAt).orElse(null),
                listed.history().completed(),
                listed.history().failed(),
                listed.history().latest());
    }
}
