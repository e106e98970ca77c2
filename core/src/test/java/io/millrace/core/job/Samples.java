package io.millrace.core.job;

import io.millrace.core.target.TargetName;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Jobs for tests. */
public final class Samples {
    public static final Author AUTHOR = new Author(new UUID(0, 7), "alice");

    private Samples() {}

    /** A valid content. */
    public static JobSpec spec(JobMode mode) {
        return spec("INSERT INTO sink SELECT * FROM source", mode);
    }

    /** A streaming job with this script. */
    static JobSpec spec(String script) {
        return spec(script, JobMode.STREAMING);
    }

    static JobSpec spec(String script, JobMode mode) {
        return new JobSpec(
                script,
                mode,
                TargetName.LOCAL,
                1,
                mode == JobMode.BATCH ? Optional.empty() : Optional.of(Duration.ofSeconds(30)),
                CheckpointScheduler.FLINK,
                Optional.empty(),
                Map.of());
    }

    static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    static JobId id(Random random) {
        return new JobId(uuid(random));
    }
}
