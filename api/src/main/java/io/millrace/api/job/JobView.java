package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A job.
 *
 * @param name its own in the workspace
 * @param tags by which people find it
 * @param owner whom to ask about it: a user or service account, or {@code group:NAME}; null when nobody is named
 * @param observed what was last seen, at {@code seenAt}
 * @param seenAt when {@code observed} was last confirmed; null before the first look
 * @param unknownSince since when the cluster has not answered; null while it does
 * @param reason why the job is in this state, in one sentence
 * @param version the newest version
 * @param runningVersion the version of the current attempt; null when none is live
 * @param flinkJobId the JobID of the newest attempt, 32 hexadecimal digits
 * @param attempt the number of the newest attempt; 0 before the first start
 * @param restorePath the savepoint or checkpoint from which the next start goes on; null to start empty
 * @param deployment the replacement that the last wish began; null when it began none
 * @param generation counts what people changed, content and wishes; the ETag. What is observed does not change it
 */
public record JobView(
        String workspace,
        String name,
        List<String> tags,
        @Nullable String owner,
        DesiredState desired,
        ObservedState observed,
        @Nullable Instant seenAt,
        @Nullable Instant unknownSince,
        @Nullable String reason,
        long version,
        @Nullable Long runningVersion,
        @Nullable String flinkJobId,
        int attempt,
        @Nullable String restorePath,
        @Nullable DeploymentView deployment,
        JobSpec spec,
        Instant createdAt,
        Instant changedAt,
        long generation) {}
