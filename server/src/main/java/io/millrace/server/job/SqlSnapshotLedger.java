package io.millrace.server.job;

import static io.millrace.server.job.JobWrites.time;
import static io.millrace.server.job.SnapshotRows.ENTRY;

import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Lease;
import io.millrace.core.job.Proof;
import io.millrace.core.job.SnapshotEntry;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.job.SnapshotPhase;
import io.millrace.core.job.SnapshotReference;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.TargetName;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@link SnapshotLedger} in PostgreSQL. */
final class SqlSnapshotLedger implements SnapshotLedger {
    private static final String SELECT = "SELECT " + ENTRY + " FROM snapshot s ";

    /** What the index {@code snapshot_due} is for. */
    static final String DUE = """
            (s.phase IN ('INTENT', 'REQUESTED', 'DISPOSING') OR (s.phase = 'AVAILABLE' AND s.files IS NULL))
            """;

    private final Jdbi jdbi;

    SqlSnapshotLedger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<SnapshotEntry> add(SnapshotEntry entry, JobEvent event) {
        return jdbi.inTransaction(handle -> {
            boolean goes = entry.origin() == SnapshotEntry.Origin.IMPORT && goes(handle, entry.directory());
            if (goes || !there(handle, entry.of().job())) {
                return Optional.empty();
            }
            if (SnapshotRows.insert(handle, entry)) {
                JobWrites.insert(handle, entry.of().job(), event);
            }
            return one(handle, entry.id(), "")
                    .filter(there -> there.of().job().equals(entry.of().job()));
        });
    }

    /** Whether a job is neither gone nor in the bin. It is not removed until the caller's transaction ends. */
    private static boolean there(Handle handle, JobId job) {
        return handle.createQuery("SELECT true FROM job WHERE id = :job AND deleted_at IS NULL FOR KEY SHARE")
                .bind("job", job.value())
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    /** Whether what lies at a path is being deleted. Nobody begins to until the caller's transaction ends. */
    static boolean goes(Handle handle, String path) {
        return handle.createQuery("""
                        SELECT phase = 'DISPOSING' FROM snapshot
                        WHERE (directory = :path OR starts_with(:path, directory || '/')) AND origin <> 'IMPORT'
                        FOR SHARE
                        """)
                .bind("path", path)
                .mapTo(Boolean.class)
                .list()
                .contains(true);
    }

    @Override
    public Optional<SnapshotEntry> find(UUID id) {
        return jdbi.withHandle(handle -> one(handle, id, ""));
    }

    private static Optional<SnapshotEntry> one(Handle handle, UUID id, String lock) {
        return list(handle.createQuery(SELECT + "WHERE s.id = :id " + lock).bind("id", id)).stream()
                .findFirst();
    }

    private static List<SnapshotEntry> list(Query query) {
        return query.map((row, context) -> SnapshotRows.entry(row)).list();
    }

    @Override
    public List<SnapshotEntry> of(JobId job, Instant before, int limit) {
        return jdbi.withHandle(handle -> list(handle.createQuery(SELECT + """
                        WHERE s.job_id = :job AND s.created_at < :before ORDER BY s.created_at DESC, s.id LIMIT :limit
                        """)
                .bind("job", job.value())
                .bind("before", time(before))
                .bind("limit", limit)));
    }

    @Override
    public Set<String> directories(TargetName target) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT directory FROM snapshot WHERE target = :target")
                .bind("target", target.value())
                .mapTo(String.class)
                .set());
    }

    @Override
    public List<SnapshotEntry> orphans(TargetName target) {
        return jdbi.withHandle(handle -> list(handle.createQuery(SELECT + """
                        WHERE s.target = :target AND NOT EXISTS (SELECT FROM job j WHERE j.id = s.job_id)
                        ORDER BY s.created_at DESC, s.id
                        """).bind("target", target.value())));
    }

    @Override
    public Map<UUID, Set<SnapshotReference>> references(List<SnapshotEntry> entries) {
        return jdbi.inTransaction(handle -> references(handle, entries));
    }

    private static Map<UUID, Set<SnapshotReference>> references(Handle handle, List<SnapshotEntry> entries) {
        Map<JobId, Optional<JobState>> states = new HashMap<>();
        Map<JobId, List<SnapshotEntry>> others = new HashMap<>();
        Map<JobId, List<Proof>> proofs = new HashMap<>();
        Map<UUID, Set<SnapshotReference>> found = new HashMap<>();
        for (SnapshotEntry entry : entries) {
            JobId job = entry.of().job();
            Optional<JobState> state = states.computeIfAbsent(job, id -> SqlAttemptStore.load(handle, id));
            List<SnapshotEntry> beside = others.computeIfAbsent(job, id -> beside(handle, id, entry.target()));
            List<Proof> open = proofs.computeIfAbsent(job, id -> SqlProofStore.open(handle, id));
            found.put(entry.id(), SnapshotReference.of(entry, state, beside, open));
        }
        return found;
    }

    private static List<SnapshotEntry> beside(Handle handle, JobId job, TargetName target) {
        List<SnapshotEntry> all = new ArrayList<>(
                list(handle.createQuery(SELECT + "WHERE s.job_id = :job").bind("job", job.value())));
        all.addAll(list(handle.createQuery(SELECT + "WHERE s.target = :target AND s.origin = 'IMPORT'")
                .bind("target", target.value())));
        return all;
    }

    @Override
    public boolean pin(UUID id, boolean wanted) {
        return jdbi.inTransaction(handle ->
                handle.createUpdate("UPDATE snapshot SET pinned = :wanted WHERE id = :id AND phase <> 'DISPOSING'")
                                .bind("id", id)
                                .bind("wanted", wanted)
                                .execute()
                        == 1);
    }

    @Override
    public boolean dispose(UUID id, Instant now) {
        return jdbi.inTransaction(handle -> {
            Optional<SnapshotEntry> locked = one(handle, id, "FOR UPDATE");
            boolean may = locked.filter(entry -> !entry.pinned())
                    .filter(entry -> references(handle, List.of(entry))
                            .getOrDefault(id, Set.of())
                            .isEmpty())
                    .isPresent();
            if (may && locked.get().phase() != SnapshotPhase.DISPOSING) {
                write(handle, locked.get(), locked.get().become(SnapshotPhase.DISPOSING, "", now));
            }
            return may;
        });
    }

    @Override
    public List<SnapshotEntry> due(TargetName target) {
        return jdbi.withHandle(handle -> list(handle.createQuery(SELECT + "WHERE s.target = :target AND " + DUE)
                .bind("target", target.value())));
    }

    @Override
    public List<UUID> surplus(TargetName target, int keep, Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id FROM (
                            SELECT s.id, s.pinned, s.created_at,
                                row_number() OVER (PARTITION BY s.job_id ORDER BY s.created_at DESC, s.id) AS place
                            FROM snapshot s JOIN job j ON j.id = s.job_id AND j.deleted_at IS NULL
                            WHERE s.target = :target AND s.phase IN ('AVAILABLE', 'FAILED') AND s.origin <> 'IMPORT'
                        ) ranked
                        WHERE place > :keep AND NOT pinned AND created_at < :before
                        """)
                .bind("target", target.value())
                .bind("keep", keep)
                .bind("before", time(before))
                .mapTo(UUID.class)
                .list());
    }

    @Override
    public boolean commit(Lease lease, SnapshotEntry before, Optional<SnapshotEntry> next, Optional<JobEvent> event) {
        return jdbi.inTransaction(handle -> {
            SqlAttemptStore.require(handle, lease);
            boolean done = next.map(entry -> write(handle, before, entry)).orElseGet(() -> remove(handle, before));
            boolean told = handle.createQuery("SELECT 1 FROM job WHERE id = :id FOR KEY SHARE")
                    .bind("id", before.of().job().value())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (done && told) {
                event.ifPresent(said -> JobWrites.insert(handle, before.of().job(), said));
            }
            return done;
        });
    }

    private static boolean write(Handle handle, SnapshotEntry before, SnapshotEntry next) {
        return handle.createUpdate("""
                                UPDATE snapshot SET path = :path, checkpoint = :checkpoint, files = :files,
                                    bytes = :bytes, phase = :phase, outcome = :outcome, changed_at = :changed_at
                                WHERE id = :id AND phase = :before
                                """)
                        .bind("id", next.id())
                        .bind("before", before.phase().name())
                        .bind("path", next.taken().map(Snapshot::path).orElse(null))
                        .bind(
                                "checkpoint",
                                next.taken().map(Snapshot::checkpointId).orElse(null))
                        .bind("files", next.contents().map(Contents::files).orElse(null))
                        .bind("bytes", next.contents().map(Contents::bytes).orElse(null))
                        .bind("phase", next.phase().name())
                        .bind("outcome", next.outcome())
                        .bind("changed_at", time(next.changedAt()))
                        .execute()
                == 1;
    }

    private static boolean remove(Handle handle, SnapshotEntry before) {
        return handle.createUpdate("DELETE FROM snapshot WHERE id = :id AND phase = :before")
                        .bind("id", before.id())
                        .bind("before", before.phase().name())
                        .execute()
                == 1;
    }
}
