package io.millrace.server.job;

import static io.millrace.server.job.JobRows.ATTEMPT;
import static io.millrace.server.job.JobRows.DEPLOYMENT;
import static io.millrace.server.job.JobRows.JOB;
import static io.millrace.server.job.JobRows.SPEC;
import static io.millrace.server.job.JobWrites.time;

import io.millrace.core.job.Deployment;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedAttempt;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.Tag;
import io.millrace.core.job.TargetSeen;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** {@link JobStore} in PostgreSQL. */
final class SqlJobStore implements JobStore {
    private static final String TOLD =
            "SELECT j.deleted_at, j.deleted_by, " + JOB + ", " + ATTEMPT + ", " + DEPLOYMENT + ", " + SPEC + " FROM ";

    /** What is told of the jobs {@code j}. */
    private static final String AROUND = """
            JOIN workspace w ON w.id = j.workspace_id
            JOIN job_version v ON v.job_id = j.id AND v.version = j.version
            LEFT JOIN attempt a ON a.job_id = j.id AND a.number = j.attempt
            LEFT JOIN deployment d ON d.job_id = j.id AND d.wish = j.wish
            LEFT JOIN job_version r ON r.job_id = j.id AND r.version = a.version AND a.state <> 'ENDED'
            LEFT JOIN target_seen t ON t.target = r.target
            """;

    /** Shorter texts have no trigram. */
    private static final int TRIGRAM = 3;

    /** All that have the text, found by their trigrams: else all jobs are read in their order until the page is full. */
    private static final String SOUGHT = "(SELECT * FROM job WHERE sought LIKE :text OFFSET 0)";

    static final String LISTED = TOLD + "job j " + AROUND;

    private final Jdbi jdbi;

    SqlJobStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean create(Job job, JobVersion first, JobEvent event) {
        return jdbi.inTransaction(handle -> {
            int rows = JobWrites.bind(handle.createUpdate("""
                            INSERT INTO job (id, workspace_id, name, tags, owner, version, generation, desired, wish, wish_version,
                                wish_savepoint, wish_from, wish_snapshot, wish_partial, created_at, changed_at,
                                observed, observed_at, reason, failures, not_before)
                            SELECT :id, w.id, :name, :tags, :owner, :version, :generation, :desired, :wish, :wish_version,
                                :wish_savepoint, :wish_from, :wish_snapshot, :wish_partial, :created_at, :changed_at,
                                :observed, :observed_at, :reason, :failures, CAST(:not_before AS timestamptz)
                            FROM workspace w WHERE w.id = :workspace FOR KEY SHARE
                            ON CONFLICT (workspace_id, name) WHERE deleted_at IS NULL DO NOTHING
                            """), job)
                    .bind("workspace", job.workspace().id().value())
                    .bind("name", job.name().value())
                    .bind("created_at", time(job.createdAt()))
                    .bind("observed", job.observed().name())
                    .bind("observed_at", time(job.observation().seenAt()))
                    .bind("reason", job.observation().reason())
                    .execute();
            if (rows == 1) {
                JobWrites.insert(handle, first);
                JobWrites.insert(handle, job.id(), event);
            }
            return rows == 1;
        });
    }

    @Override
    public boolean update(Job next, Optional<JobVersion> version, JobEvent event) {
        return jdbi.inTransaction(handle -> {
            if (beginsWithWhatGoes(handle, next)) {
                return false;
            }
            int rows = JobWrites.bind(handle.createUpdate("""
                            UPDATE job SET tags = :tags, owner = :owner, version = :version, generation = :generation, desired = :desired,
                                wish = :wish, wish_version = :wish_version, wish_savepoint = :wish_savepoint,
                                wish_from = :wish_from, wish_snapshot = :wish_snapshot,
                                wish_partial = :wish_partial, changed_at = :changed_at,
                                failures = CASE WHEN wish = :wish THEN failures ELSE :failures END,
                                not_before = CASE WHEN wish = :wish THEN not_before ELSE :not_before END,
                                at_rest = CASE WHEN wish = :wish THEN at_rest
                                    ELSE :desired = 'STOPPED' AND observed IN ('IDLE', 'FINISHED') END
                            WHERE id = :id AND generation = :generation - 1 AND deleted_at IS NULL
                            """), next).execute();
            if (rows == 1) {
                version.ifPresent(newest -> JobWrites.insert(handle, newest));
                supersede(handle, next);
                JobWrites.insert(handle, next.id(), event);
            }
            return rows == 1;
        });
    }

    private static boolean beginsWithWhatGoes(Handle handle, Job next) {
        Optional<String> path = next.wish().from().snapshot();
        return path.isPresent()
                && handle.createQuery("SELECT wish <> :wish FROM job WHERE id = :id")
                        .bind("wish", next.wish().number())
                        .bind("id", next.id().value())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false)
                && SqlSnapshotLedger.goes(handle, path.get());
    }

    private static void supersede(Handle handle, Job next) {
        handle.createQuery("SELECT " + DEPLOYMENT + """
                        FROM deployment d
                        WHERE d.job_id = :id AND d.wish <> :wish AND d.phase IN ('REPLACING', 'VERIFYING', 'RETURNING')
                        """)
                .bind("id", next.id().value())
                .bind("wish", next.wish().number())
                .map((row, context) -> JobRows.deployment(next.id(), row))
                .list()
                .forEach(open -> JobWrites.put(handle, open.orElseThrow().superseded(next.changedAt())));
    }

    @Override
    public Optional<ListedJob> find(WorkspaceId workspace, JobName name) {
        return find(workspace, name, "j.deleted_at IS NULL");
    }

    @Override
    public Optional<ListedJob> lastDeleted(WorkspaceId workspace, JobName name) {
        return find(workspace, name, "j.deleted_at IS NOT NULL ORDER BY j.deleted_at DESC LIMIT 1");
    }

    private Optional<ListedJob> find(WorkspaceId workspace, JobName name, String which) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        LISTED + "WHERE j.workspace_id = :workspace AND j.name = :name AND " + which)
                .bind("workspace", workspace.value())
                .bind("name", name.value())
                .map((row, context) -> listed(row))
                .findOne());
    }

    static ListedJob listed(ResultSet row) throws SQLException {
        Job job = JobRows.job(row);
        return new ListedJob(
                job, JobRows.attempt(row), JobRows.deployment(job.id(), row), JobRows.spec(row), JobRows.deletion(row));
    }

    /** Chooses the page's jobs before it reads what is told of them: of many jobs only these are joined. */
    @Override
    public List<ListedJob> page(JobFilter filter) {
        String order = " ORDER BY " + order(filter.order());
        String some = "(SELECT j.* FROM " + (byTrigrams(filter) ? SOUGHT : "job")
                + " j JOIN workspace w ON w.id = j.workspace_id WHERE " + place(filter) + asked(filter) + order
                + " OFFSET :offset LIMIT :limit) j ";
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(TOLD + some + AROUND + order)
                    .bind("offset", filter.offset())
                    .bind("limit", filter.limit());
            if (!filter.observed().isEmpty()) {
                query.bindArray(
                        "observed",
                        String.class,
                        filter.observed().stream().map(Enum::name).toArray());
            }
            if (!filter.tags().isEmpty()) {
                query.bindArray(
                        "tags",
                        String.class,
                        filter.tags().stream().map(Tag::value).toArray());
            }
            filter.owner().ifPresent(owner -> query.bind("owner", owner.toString()));
            filter.text().ifPresent(text -> query.bind("text", "%" + escaped(text) + "%"));
            return inPlace(query, filter).map((row, context) -> listed(row)).list();
        });
    }

    @Override
    public SortedMap<Tag, Integer> tags(JobFilter filter) {
        String counts = "SELECT t.tag, count(*) AS jobs FROM job j, unnest(j.tags) AS t (tag) WHERE " + place(filter)
                + " GROUP BY t.tag";
        return jdbi.withHandle(handle -> {
            SortedMap<Tag, Integer> found = new TreeMap<>();
            inPlace(handle.createQuery(counts), filter)
                    .map((row, context) -> found.put(new Tag(row.getString("tag")), row.getInt("jobs")))
                    .list();
            return found;
        });
    }

    /** Where the filter looks. */
    private static String place(JobFilter filter) {
        String among = filter.workspaces().isEmpty()
                ? "j.id <> ALL (:hidden)"
                : "(j.workspace_id = ANY (:workspaces) AND j.id <> ALL (:hidden) OR j.id = ANY (:besides))";
        return "j.deleted_at IS " + (filter.deleted() ? "NOT NULL" : "NULL") + " AND " + among;
    }

    private static Query inPlace(Query query, JobFilter filter) {
        filter.workspaces()
                .ifPresent(places -> query.bindArray("besides", UUID.class, ids(filter.besides()))
                        .bindArray(
                                "workspaces",
                                UUID.class,
                                places.stream().map(WorkspaceId::value).toArray()));
        return query.bindArray("hidden", UUID.class, ids(filter.hidden()));
    }

    /** Only what the filter asks for, so that the database can plan for it. */
    private static String asked(JobFilter filter) {
        return (filter.observed().isEmpty() ? "" : " AND j.observed = ANY (:observed)")
                + (filter.tags().isEmpty() ? "" : " AND j.tags @> CAST(:tags AS text[])")
                + (filter.owner().isEmpty() ? "" : " AND j.owner = :owner")
                + (filter.text().isEmpty() || byTrigrams(filter) ? "" : " AND j.sought LIKE :text");
    }

    private static boolean byTrigrams(JobFilter filter) {
        return filter.text().filter(text -> text.length() >= TRIGRAM).isPresent();
    }

    private static Object[] ids(Set<JobId> jobs) {
        return jobs.stream().map(JobId::value).toArray();
    }

    private static String escaped(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }

    private static String order(JobFilter.JobOrder order) {
        String first = switch (order) {
            case NAME -> "";
            case NAME_DOWN -> "j.name COLLATE \"C\" DESC, ";
            case OBSERVED -> "j.observed COLLATE \"C\", ";
            case OBSERVED_DOWN -> "j.observed COLLATE \"C\" DESC, ";
            case CHANGED -> "j.changed_at, ";
            case CHANGED_DOWN -> "j.changed_at DESC, ";
        };
        return first + "j.name COLLATE \"C\", w.name COLLATE \"C\"";
    }

    @Override
    public List<JobVersion> versions(JobId job, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT v.version, v.created_at, v.author_id, v.author, v.message, v.objects, " + SPEC + """
                        FROM job_version v WHERE v.job_id = :job AND v.version < :before
                        ORDER BY v.version DESC LIMIT :limit
                        """)
                .bind("job", job.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new JobVersion(
                        job,
                        row.getLong("version"),
                        JobRows.spec(row),
                        JobRows.author(row),
                        row.getString("message"),
                        JobRows.required(JobRows.instant(row, "created_at"), "created_at"),
                        JobRows.objects(row.getString("objects"))))
                .list());
    }

    @Override
    public List<JobEvent> events(JobId job, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id, at, kind, from_state, to_state, attempt, reason, actor FROM job_event
                        WHERE job_id = :job AND id < :before ORDER BY id DESC LIMIT :limit
                        """)
                .bind("job", job.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> JobRows.event(row))
                .list());
    }

    @Override
    public List<ListedAttempt> attempts(JobId job, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT a.job_id AS id, " + ATTEMPT + """
                        , f.kind AS f_kind, f.cause AS f_cause, f.at AS f_at
                        FROM attempt a
                        LEFT JOIN attempt_failure f ON f.job_id = a.job_id AND f.attempt = a.number
                        WHERE a.job_id = :job AND a.number < :before ORDER BY a.number DESC LIMIT :limit
                        """)
                .bind("job", job.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> JobRows.listedAttempt(row))
                .list());
    }

    @Override
    public Optional<String> exception(JobId job, int attempt) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT exception FROM attempt_failure WHERE job_id = :job AND attempt = :attempt
                        """)
                .bind("job", job.value())
                .bind("attempt", attempt)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public List<Deployment> deployments(JobId job, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + DEPLOYMENT + """
                        FROM deployment d WHERE d.job_id = :job ORDER BY d.wish DESC LIMIT :limit
                        """)
                .bind("job", job.value())
                .bind("limit", limit)
                .map((row, context) -> JobRows.deployment(job, row).orElseThrow())
                .list());
    }

    @Override
    public List<TargetSeen> targets() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT target, flink_version, slots_total, slots_free, seen_at, unknown_since
                        FROM target_seen ORDER BY target
                        """)
                .map((row, context) -> new TargetSeen(
                        new TargetName(row.getString("target")),
                        row.getString("flink_version"),
                        row.getInt("slots_total"),
                        row.getInt("slots_free"),
                        Optional.ofNullable(JobRows.instant(row, "seen_at")),
                        Optional.ofNullable(JobRows.instant(row, "unknown_since"))))
                .list());
    }
}
