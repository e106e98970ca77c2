package io.millrace.core.job;

import io.millrace.core.error.Flaw;

import java.util.List;
import java.util.Set;

/** Which Flink options a job may set. What says where a job runs or where its state lies is the platform's. */
final class JobSettings {
    private static final List<String> PREFIXES = List.of(
            "table.exec.",
            "table.optimizer.",
            "restart-strategy.",
            "execution.checkpointing.unaligned.",
            "state.backend.rocksdb.",
            "state.backend.incremental");
    private static final Set<String> KEYS = Set.of(
            "table.local-time-zone",
            "table.dml-sync",
            "restart-strategy",
            "pipeline.object-reuse",
            "pipeline.operator-chaining.enabled",
            "pipeline.max-parallelism",
            "pipeline.auto-watermark-interval",
            "execution.checkpointing.mode",
            "execution.checkpointing.timeout",
            "execution.checkpointing.min-pause",
            "execution.checkpointing.tolerable-failed-checkpoints",
            "execution.checkpointing.max-concurrent-checkpoints",
            "execution.checkpointing.unaligned",
            "execution.checkpointing.incremental",
            "execution.batch-shuffle-mode",
            "execution.buffer-timeout.interval",
            "state.backend.type");

    private JobSettings() {}

    static boolean allowed(String key) {
        return KEYS.contains(key)
                || RestartSettings.KEYS.contains(key)
                || PREFIXES.stream().anyMatch(key::startsWith);
    }

    static Flaw refusal(String key) {
        String hint = switch (key) {
            case "parallelism.default" -> "Write it as parallelism.";
            case "execution.checkpointing.interval" -> "Write it as checkpoint.";
            case "execution.runtime-mode" -> "Write it as mode.";
            case "pipeline.name" -> "The job's name is used.";
            default ->
                "Allowed are table.exec.*, table.optimizer.*, restart.*, restart-strategy.*, state.backend.type and"
                        + " the tuning of checkpoints and pipelines.";
        };
        String pointer = "/settings/" + key.replace("~", "~0").replace("/", "~1");
        return Flaw.at(pointer, "A job cannot set '" + key + "'.", hint);
    }
}
