package io.millrace.server.job;

import static io.millrace.server.job.JobWrites.time;

import io.millrace.core.job.JobName;
import io.millrace.core.job.Provenance;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotPhase;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Entries of the ledger of snapshots to rows and back, inside the caller's transaction. */
final class SnapshotRows {
    /** Columns of an entry that {@code s} stands for. */
    static final String ENTRY = """
            s.id, s.target, s.workspace_id, s.job_id, s.job_name, s.version, s.attempt, s.origin, s.directory, s.path,
            s.checkpoint, s.files, s.bytes, s.pinned, s.phase, s.outcome, s.created_at, s.changed_at
            """;

    private SnapshotRows() {}

    static SnapshotEntry entry(ResultSet row) throws SQLException {
        String path = row.getString("path");
        Optional<Snapshot> taken =
                path == null ? Optional.empty() : Optional.of(new Snapshot(path, row.getLong("checkpoint")));
        long files = row.getLong("files");
        Optional<Contents> contents =
                row.wasNull() ? Optional.empty() : Optional.of(new Contents(files, row.getLong("bytes")));
        return new SnapshotEntry(
                row.getObject("id", UUID.class),
                new TargetName(row.getString("target")),
                new Provenance(
                        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                        JobRows.id(row, "job_id"),
                        new JobName(row.getString("job_name")),
                        row.getLong("version"),
                        row.getInt("attempt")),
                SnapshotEntry.Origin.valueOf(row.getString("origin")),
                row.getString("directory"),
                taken,
                contents,
                row.getBoolean("pinned"),
                SnapshotPhase.valueOf(row.getString("phase")),
                row.getString("outcome"),
                JobRows.required(JobRows.instant(row, "created_at"), "created_at"),
                JobRows.required(JobRows.instant(row, "changed_at"), "changed_at"));
    }

    /** Whether it was stored: what is there already stays. */
    static boolean insert(Handle handle, SnapshotEntry entry) {
        return handle.createUpdate("""
                        INSERT INTO snapshot (id, target, workspace_id, job_id, job_name, version, attempt, origin,
                            directory, path, checkpoint, files, bytes, pinned, phase, outcome, created_at, changed_at)
                        VALUES (:id, :target, :workspace_id, :job_id, :job_name, :version, :attempt, :origin,
                            :directory, :path, :checkpoint, :files, :bytes, :pinned, :phase, :outcome, :created_at,
                            :changed_at)
                        ON CONFLICT DO NOTHING
                        """)
                        .bind("id", entry.id())
                        .bind("target", entry.target().value())
                        .bind("workspace_id", entry.of().workspace().value())
                        .bind("job_id", entry.of().job().value())
                        .bind("job_name", entry.of().name().value())
                        .bind("version", entry.of().version())
                        .bind("attempt", entry.of().attempt())
                        .bind("origin", entry.origin().name())
                        .bind("directory", entry.directory())
                        .bind("path", entry.taken().map(Snapshot::path).orElse(null))
                        .bind(
                                "checkpoint",
                                entry.taken().map(Snapshot::checkpointId).orElse(null))
                        .bind("files", entry.contents().map(Contents::files).orElse(null))
                        .bind("bytes", entry.contents().map(Contents::bytes).orElse(null))
                        .bind("pinned", entry.pinned())
                        .bind("phase", entry.phase().name())
                        .bind("outcome", entry.outcome())
                        .bind("created_at", time(entry.createdAt()))
                        .bind("changed_at", time(entry.changedAt()))
                        .execute()
                == 1;
    }
}
