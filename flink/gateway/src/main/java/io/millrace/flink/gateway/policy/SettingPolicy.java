package io.millrace.flink.gateway.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which keys SET and RESET take. A key must begin with an allowed prefix and with none of the refused ones; so
 * options that say where things run, whose code runs, or how clusters are reached stay the platform's.
 */
public final class SettingPolicy {
    private static final List<String> ALLOWED = List.of(
            "table.",
            "parallelism.default",
            "execution.runtime-mode",
            "execution.checkpointing.",
            "execution.batch",
            "execution.sorted-inputs.",
            "execution.buffer-timeout",
            "execution.state-recovery.",
            "pipeline.name",
            "pipeline.max-parallelism",
            "pipeline.object-reuse",
            "pipeline.operator-chaining",
            "pipeline.auto-watermark-interval",
            "pipeline.watermark-alignment.",
            "pipeline.global-job-parameters",
            "pipeline.time-characteristic",
            "state.",
            "restart-strategy",
            "sql-client.");

    private static final List<String> REFUSED = List.of(
            "table.resources.",
            "table.catalog-store.",
            "table.builtin-",
            "table.catalog-modification.",
            "table.plan.",
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir",
            "state.checkpoints.dir",
            "state.savepoints.dir",
            "state.backend.rocksdb.localdir",
            "state.backend.rocksdb.options-factory",
            "state.backend.rocksdb.log.dir",
            "state.backend.forst.");

    /**
     * Where a job starts from is part of its start, not of its script; what becomes of what it starts from, and where its
     * checkpoints lie and stay, is the ledger's.
     */
    private static final Set<String> REFUSED_IN_JOBS = Set.of(
            "execution.state-recovery.path",
            "execution.state-recovery.without-job-graph",
            "execution.state-recovery.claim-mode",
            "execution.checkpointing.create-subdir",
            "execution.checkpointing.externalized-checkpoint-retention");

    private SettingPolicy() {}

    public static List<String> allowedPrefixes() {
        return ALLOWED;
    }

    public static List<String> refusedPrefixes() {
        return REFUSED;
    }

    /** Why this key may not be set, as a sentence; empty when it may. */
    public static Optional<String> refusal(String key) {
        boolean allowed =
                ALLOWED.stream().anyMatch(key::startsWith) && REFUSED.stream().noneMatch(key::startsWith);
        return allowed
                ? Optional.empty()
                : Optional.of("'" + key + "' belongs to the platform and cannot be set."
                        + " The keys that can be are listed in reference/sql-support.");
    }

    /** The same for the script of a job. */
    public static Optional<String> refusalInJob(String key) {
        return REFUSED_IN_JOBS.contains(key)
                ? Optional.of("'" + key + "' cannot be set in a job's script: Millrace keeps what jobs start from and"
                        + " what they leave.")
                : refusal(key);
    }
}
