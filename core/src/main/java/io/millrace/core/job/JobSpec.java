package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.TargetName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The content of a job, complete and valid: every default is filled in.
 *
 * @param checkpoint time between checkpoints; empty for batch jobs
 * @param scheduler who times the checkpoints
 * @param settings further Flink options, sorted
 */
public record JobSpec(
        String script,
        JobMode mode,
        TargetName target,
        int parallelism,
        Optional<Duration> checkpoint,
        CheckpointScheduler scheduler,
        Optional<String> description,
        Map<String, String> settings) {
    /** Time between checkpoints of a streaming job that says nothing of it. */
    public static final Duration DEFAULT_CHECKPOINT = Duration.ofSeconds(30);

    private static final String INTERVAL = "execution.checkpointing.interval";
    private static final String MIN_PAUSE = "execution.checkpointing.min-pause";
    private static final int MAX_PARALLELISM = 32_768;
    private static final Duration MIN_CHECKPOINT = Duration.ofMillis(100);
    private static final Duration MAX_CHECKPOINT = Duration.ofDays(1);

    public JobSpec {
        requireNonNull(script, "script");
        requireNonNull(mode, "mode");
        requireNonNull(target, "target");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(scheduler, "scheduler");
        requireNonNull(description, "description");
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        List<Flaw> flaws = flaws(script, mode, parallelism, checkpoint, settings);
        if (scheduler == CheckpointScheduler.SERVER) {
            flaws.addAll(notTimable(mode, checkpoint, settings));
        }
        if (!flaws.isEmpty()) {
            throw new MillraceException(ErrorCode.JOB_INVALID, flaws.get(0).message(), flaws);
        }
    }

    private static List<Flaw> flaws(
            String script, JobMode mode, int parallelism, Optional<Duration> checkpoint, Map<String, String> settings) {
        List<Flaw> flaws = new ArrayList<>();
        if (script.isBlank()) {
            flaws.add(Flaw.at("/script", "The script is empty.", "INSERT INTO … SELECT …"));
        }
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            flaws.add(Flaw.at("/parallelism", "Parallelism is 1 to 32,768, not " + parallelism + "."));
        }
        if (checkpoint.isPresent() && mode == JobMode.BATCH) {
            flaws.add(Flaw.at("/checkpoint", "A batch job takes no checkpoints; remove the setting."));
        } else if (checkpoint.isPresent()
                && (checkpoint.get().compareTo(MIN_CHECKPOINT) < 0
                        || checkpoint.get().compareTo(MAX_CHECKPOINT) > 0)) {
            flaws.add(Flaw.at("/checkpoint", "The time between checkpoints is 0.1 s to 1 day."));
        } else if (checkpoint.isEmpty() && mode == JobMode.STREAMING) {
            flaws.add(Flaw.at("/checkpoint", "A streaming job needs a time between checkpoints."));
        }
        settings.keySet().stream()
                .filter(key -> !JobSettings.allowed(key))
                .forEach(key -> flaws.add(JobSettings.refusal(key)));
        flaws.addAll(RestartSettings.flaws(settings));
        return flaws;
    }

    private static List<Flaw> notTimable(JobMode mode, Optional<Duration> checkpoint, Map<String, String> settings) {
        List<Flaw> flaws = new ArrayList<>();
        if (mode == JobMode.BATCH) {
            flaws.add(Flaw.at("/checkpointScheduler", "A batch job takes no checkpoints; remove the setting."));
        }
        checkpoint
                .filter(every -> every.compareTo(CheckpointScheduler.SHORTEST) < 0)
                .ifPresent(every -> flaws.add(Flaw.at(
                        "/checkpoint",
                        "The server times checkpoints that are at least 5 seconds apart.",
                        "Use a longer time, or leave the timing to Flink: checkpoint-scheduler: flink")));
        if (settings.containsKey(MIN_PAUSE)) {
            flaws.add(Flaw.at(
                    "/settings/" + MIN_PAUSE,
                    "Of a job whose checkpoints the server times, the pause is set while it runs.",
                    "Remove it, and call: millrace checkpoint update JOB --min-pause TIME"));
        }
        return flaws;
    }

    /** What Flink is told; it takes precedence over what the script sets. */
    public Map<String, String> flinkSettings() {
        Map<String, String> options = RestartSettings.forFlink(settings, script, mode);
        options.put("execution.runtime-mode", mode.name().toLowerCase(Locale.ROOT));
        options.put("parallelism.default", Integer.toString(parallelism));
        checkpoint.ifPresent(every -> options.putAll(timing(every)));
        return options;
    }

    /**
     * Flink's minimum pause holds for the checkpoints that it begins by itself, not for those that it is asked for. As
     * long as the interval, it makes the interval a net: it comes into play when nobody has asked for that long.
     */
    private Map<String, String> timing(Duration every) {
        if (scheduler == CheckpointScheduler.FLINK) {
            return Map.of(INTERVAL, every.toMillis() + " ms");
        }
        String net = CheckpointScheduler.safetyNet(every).toMillis() + " ms";
        return Map.of(INTERVAL, net, MIN_PAUSE, net);
    }

    /** The job file that says this, for people to read and compare. */
    public String text(JobName name) {
        StringBuilder text = new StringBuilder("---\n").append("name: ").append(name);
        text.append("\nmode: ").append(mode.name().toLowerCase(Locale.ROOT));
        text.append("\ntarget: ").append(target);
        text.append("\nparallelism: ").append(parallelism);
        checkpoint.ifPresent(every -> text.append("\ncheckpoint: ").append(readable(every)));
        if (scheduler != CheckpointScheduler.FLINK) {
            text.append("\ncheckpoint-scheduler: ").append(scheduler.name().toLowerCase(Locale.ROOT));
        }
        description.ifPresent(words -> text.append("\ndescription: ").append(words));
        if (!settings.isEmpty()) {
            text.append("\nsettings:");
            settings.forEach(
                    (key, value) -> text.append("\n  ").append(key).append(": ").append(value));
        }
        return text.append("\n---\n")
                .append(script.stripTrailing())
                .append('\n')
                .toString();
    }

    private static String readable(Duration every) {
        return every.toMillis() % 1000 == 0 ? every.toSeconds() + " s" : every.toMillis() + " ms";
    }
}
