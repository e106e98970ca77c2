package io.millrace.cli.job;

import io.millrace.api.job.CheckpointScheduler;
import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobView;
import io.millrace.api.text.Durations;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is said about a job to people. */
final class JobTexts {
    private JobTexts() {}

    /** When the state was seen; when the cluster is silent, since when it is only a memory. */
    static String seen(JobView job, Clock clock) {
        if (job.unknownSince() != null) {
            return "unknown for " + age(job.unknownSince(), clock);
        }
        return job.seenAt() == null ? "never" : age(job.seenAt(), clock) + " ago";
    }

    static String age(Instant since, Clock clock) {
        return Durations.rough(Duration.between(since, clock.instant()));
    }

    /** A job in lines of {@code key value}. */
    static List<String> describe(JobView job, Clock clock) {
        List<String> lines = new ArrayList<>();
        line(lines, "name", job.name());
        line(lines, "workspace", job.workspace());
        line(lines, "description", job.spec().description());
        line(lines, "tags", job.tags().isEmpty() ? null : String.join(", ", job.tags()));
        line(lines, "owner", job.owner());
        line(lines, "desired", job.desired());
        line(lines, "observed", job.observed() + ", seen " + seen(job, clock));
        line(lines, "reason", job.reason());
        line(lines, "version", version(job));
        line(lines, "deployment", deployment(job.deployment()));
        line(lines, "attempt", job.attempt() == 0 ? "none yet" : job.attempt());
        line(lines, "flink job", job.flinkJobId());
        line(lines, "restores from", job.restorePath());
        JobSpec spec = job.spec();
        line(lines, "mode", spec.mode() == JobMode.BATCH ? "batch" : "streaming");
        line(lines, "target", spec.target());
        line(lines, "parallelism", spec.parallelism());
        line(lines, "checkpoint", checkpoint(spec));
        if (spec.settings() != null) {
            spec.settings().forEach((key, value) -> line(lines, "setting", key + " = " + value));
        }
        line(lines, "created", job.createdAt());
        line(lines, "changed", job.changedAt());
        return lines;
    }

    private static @Nullable String checkpoint(JobSpec spec) {
        return spec.checkpointScheduler() == CheckpointScheduler.SERVER
                ? spec.checkpoint() + ", timed by the server"
                : spec.checkpoint();
    }

    private static String version(JobView job) {
        boolean behind = job.runningVersion() != null && job.runningVersion() != job.version();
        return behind ? job.version() + " (version " + job.runningVersion() + " runs)" : Long.toString(job.version());
    }

    private static @Nullable String deployment(@Nullable DeploymentView of) {
        if (of == null) {
            return null;
        }
        String how = "from version " + of.from() + " to " + of.to() + ": " + of.phase();
        return of.outcome().isEmpty() ? how : how + ". " + of.outcome();
    }

    private static void line(List<String> lines, String key, @Nullable Object value) {
        if (value != null) {
            lines.add(String.format("%-14s %s", key, value));
        }
    }
}
