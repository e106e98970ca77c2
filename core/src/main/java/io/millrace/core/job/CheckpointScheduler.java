package io.millrace.core.job;

import java.time.Duration;

/** Who says when a streaming job's checkpoints begin. */
public enum CheckpointScheduler {
    /** Flink, at the interval that the job was submitted with. */
    FLINK,
    /**
     * The server that looks after the cluster: interval and pauses change while the job runs, and the checkpoints of one
     * cluster are spread over time. When no checkpoint was completed for {@link #safetyNet}, Flink makes one by itself.
     */
    SERVER;

    /** The server looks at the clock each second. */
    static final Duration SHORTEST = Duration.ofSeconds(5);

    private static final int NET_INTERVALS = 10;
    private static final Duration SHORTEST_NET = Duration.ofMinutes(10);

    /** How long a job that the server times goes without a checkpoint at most, when the server is away. */
    public static Duration safetyNet(Duration interval) {
        Duration net = interval.multipliedBy(NET_INTERVALS);
        return net.compareTo(SHORTEST_NET) < 0 ? SHORTEST_NET : net;
    }
}
