package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * Exactly what one attempt runs.
 *
 * @param name what Flink shows
 * @param settings take precedence over the script's
 */
public record Submission(
        FlinkJobId id, String name, String script, Map<String, String> settings, Optional<String> restorePath) {
    public Submission {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(script, "script");
        settings = Map.copyOf(settings);
        requireNonNull(restorePath, "restorePath");
    }
}
