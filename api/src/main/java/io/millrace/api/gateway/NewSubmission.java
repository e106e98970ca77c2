package io.millrace.api.gateway;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A script to be submitted as one Flink job.
 *
 * @param script settings, temporary objects, then INSERT statements or one statement set
 * @param jobId the Flink JobID to use, 32 hexadecimal digits
 * @param jobName the name that Flink shows
 * @param settings Flink options that take precedence over the script's
 * @param restorePath savepoint or checkpoint to start from; null to start empty
 */
public record NewSubmission(
        String script,
        String jobId,
        String jobName,
        Map<String, String> settings,
        @Nullable String restorePath) {}
