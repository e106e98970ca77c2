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
 * @param settings further Flink options, sorted
 */
public record JobSpec(
        String script,
        JobMode mode,
        TargetName target,
        int parallelism,
        Optional<Duration> checkpoint,
        Optional<String> description,
        Map<String, String> settings) {
    /** Time between checkpoints of a streaming job that says nothing of it. */
    public static final Duration DEFAULT_CHECKPOINT = Duration.ofSeconds(30);

    private static final int MAX_PARALLELISM = 32_768;
    private static final Duration MIN_CHECKPOINT = Duration.ofMillis(100);
    private static final Duration MAX_CHECKPOINT = Duration.ofDays(1);

    public JobSpec {
        requireNonNull(script, "script");
        requireNonNull(mode, "mode");
        requireNonNull(target, "target");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(description, "description");
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        List<Flaw> flaws = flaws(script, mode, parallelism, checkpoint, settings);
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
        return flaws;
    }

    /** What Flink is told; it takes precedence over what the script sets. */
    public Map<String, String> flinkSettings() {
        Map<String, String> options = new TreeMap<>(settings);
        options.put("execution.runtime-mode", mode.name().toLowerCase(Locale.ROOT));
        options.put("parallelism.default", Integer.toString(parallelism));
        checkpoint.ifPresent(every -> options.put("execution.checkpointing.interval", every.toMillis() + " ms"));
        return options;
    }

    /** The job file that says this, for people to read and compare. */
    public String text(JobName name) {
        StringBuilder text = new StringBuilder("---\n").append("name: ").append(name);
        text.append("\nmode: ").append(mode.name().toLowerCase(Locale.ROOT));
        text.append("\ntarget: ").append(target);
        text.append("\nparallelism: ").append(parallelism);
        checkpoint.ifPresent(every -> text.append("\ncheckpoint: ").append(readable(every)));
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
