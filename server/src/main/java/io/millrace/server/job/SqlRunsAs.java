package io.millrace.server.job;

import io.millrace.core.sql.ScriptObject;
import io.millrace.core.target.Submission;
import io.millrace.server.target.RunsAs;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** With the rights of who wrote the version that runs, over what it was decided about when it was applied. */
final class SqlRunsAs implements RunsAs {
    /** A proof that drops state plans the earlier version as well. */
    private static final String FIND = """
            SELECT v.author_id, v.version, v.script, v.objects, e.version AS earlier, e.objects AS earlier_objects
            FROM (
                SELECT job_id, version, 0 AS earlier FROM attempt WHERE flink_job_id = :id
                UNION ALL
                SELECT job_id, version, CASE WHEN drops THEN from_version ELSE 0 END FROM proof WHERE flink_job_id = :id
            ) a
            JOIN job_version v ON v.job_id = a.job_id AND v.version = a.version
            LEFT JOIN job_version e ON e.job_id = a.job_id AND e.version = a.earlier
            JOIN principal p ON p.id = v.author_id AND p.deleted_at IS NULL AND NOT p.disabled
            """;

    private final Jdbi jdbi;
    private final AppliedObjects applied;

    SqlRunsAs(Jdbi jdbi, AppliedObjects applied) {
        this.jdbi = jdbi;
        this.applied = applied;
    }

    @Override
    public Optional<Standing> of(Submission job) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("id", job.id().value())
                .map((row, context) -> standing(job, row))
                .findOne());
    }

    private Standing standing(Submission job, ResultSet row) throws SQLException {
        UUID author = row.getObject("author_id", UUID.class);
        long version = row.getLong("version");
        if (!row.getString("script").equals(job.script())) {
            String why = "What is to be submitted is not the script of version " + version + ".";
            return new Standing(author, Optional.empty(), Optional.of(why), "");
        }
        Optional<List<ScriptObject>> objects = JobRows.objects(row.getString("objects"));
        if (objects.isEmpty()) {
            return new Standing(author, Optional.empty(), Optional.empty(), "");
        }
        return new Standing(
                author,
                bound(objects.get(), row),
                applied.refusal(version, objects.get()),
                applied.changes(version, objects.get()));
    }

    private static Optional<Set<String>> bound(List<ScriptObject> objects, ResultSet row) throws SQLException {
        Set<String> keys = keys(objects);
        if (row.getObject("earlier") == null) {
            return Optional.of(keys);
        }
        return JobRows.objects(row.getString("earlier_objects")).map(earlier -> {
            keys.addAll(keys(earlier));
            return keys;
        });
    }

    private static Set<String> keys(List<ScriptObject> objects) {
        Set<String> keys = new HashSet<>();
        objects.forEach(object -> keys.add(object.key()));
        return keys;
    }
}
