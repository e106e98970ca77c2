package io.millrace.server.checkpoint;

import io.millrace.api.job.CheckpointKind;
import io.millrace.api.job.CheckpointProgress;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.CheckpointTimer;
import io.millrace.core.job.CheckpointTimer.Timed;
import io.millrace.core.target.FlinkJobId;
import io.millrace.server.target.FlinkCheckpoints;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Begins the checkpoints of one cluster's jobs, and sees when they have ended. */
final class ClusterCheckpoints {
    private static final Logger LOG = Logger.getLogger(ClusterCheckpoints.class);

    private final FlinkCheckpoints checkpoints;
    private final CheckpointTimer timer;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Which request each checkpoint under way is. Touched by the one thread that is {@link #busy}. */
    private final Map<FlinkJobId, String> requests = new HashMap<>();

    ClusterCheckpoints(FlinkCheckpoints checkpoints, int atOnce, Clock clock) {
        this.checkpoints = checkpoints;
        this.timer = new CheckpointTimer(atOnce);
        this.clock = clock;
    }

    /** {@code jobs} are all that run and are timed. Does nothing while the last call is still at it. */
    void tick(List<Timed> jobs, Executor executor) {
        if (busy.compareAndSet(false, true)) {
            executor.execute(() -> {
                try {
                    tick(jobs);
                } catch (MillraceException e) {
                    LOG.debugf("The cluster's checkpoints cannot be timed at the moment: %s", e.getMessage());
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private void tick(List<Timed> jobs) {
        requests.keySet().retainAll(timer.underWay());
        for (Map.Entry<FlinkJobId, String> request : Map.copyOf(requests).entrySet()) {
            var answer = checkpoints.request(request.getKey(), request.getValue());
            if (answer.progress() != CheckpointProgress.IN_PROGRESS) {
                timer.ended(request.getKey(), clock.instant());
            }
        }
        for (Timed job : timer.due(jobs, clock.instant())) {
            String id = UUID.randomUUID().toString().replace("-", "");
            timer.begun(job, clock.instant());
            requests.put(job.attempt(), id);
            if (!checkpoints.trigger(job.attempt(), CheckpointKind.CONFIGURED, id)) {
                timer.ended(job.attempt(), clock.instant());
            }
        }
    }
}
