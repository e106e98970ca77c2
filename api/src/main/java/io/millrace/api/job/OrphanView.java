package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Files of snapshots that belong to no job that is there.
 *
 * @param id by which it can be deleted; null of files that the ledger does not know
 * @param workspace in which the job was; null when nobody knows, or the workspace is gone
 * @param job the deleted job
 * @param path what an import takes; of files that the ledger does not know, the folder
 * @param createdAt when it was taken
 */
public record OrphanView(
        @Nullable String id,
        String target,
        @Nullable String workspace,
        @Nullable String job,
        @Nullable Long version,
        @Nullable SnapshotOrigin origin,
        String path,
        @Nullable Long files,
        @Nullable Long bytes,
        @Nullable Instant createdAt) {}
