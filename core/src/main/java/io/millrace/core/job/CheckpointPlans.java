package io.millrace.core.job;

import io.millrace.core.target.TargetName;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How people changed the timing of checkpoints. */
public interface CheckpointPlans {
    /** Empty when nobody changed it. */
    Optional<CheckpointPlan> find(JobId job);

    /** Replaces it and notes the event, both or none. */
    void put(JobId job, CheckpointPlan plan, JobEvent event);

    /** Notes that people asked for a checkpoint. */
    void note(JobId job, JobEvent event);

    /** The jobs on each target that run, are timed by the server, and whose checkpoints are not stopped. */
    Map<TargetName, List<CheckpointTimer.Timed>> timed();
}
