package io.millrace.server.job;

import io.millrace.core.target.FlinkJobId;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Jobs that run on clusters of a benchmark, written straight into the metastore. */
final class BenchJobs {
    private static final String JOB = """
            INSERT INTO job (id, workspace_id, name, version, generation, desired, wish, wish_version, wish_savepoint,
                wish_from, wish_partial, created_at, changed_at, observed, observed_at, reason, failures, attempt,
                at_rest)
            VALUES (:id, '00000000-0000-0000-0000-000000000001', :name, 1, 2, 'RUNNING', 1, 1, true, 'LATEST', false,
                now(), now(), 'RUNNING', now(), 'All 4 tasks run or are done.', 0, 1, false)
            """;

    private static final String VERSION = """
            INSERT INTO job_version (job_id, version, script, mode, target, parallelism, checkpoint_ms,
                checkpoint_scheduler, settings, author, created_at)
            VALUES (:id, 1, :script, 'STREAMING', :target, 4, 30000, 'FLINK', '{}', 'bench', now())
            """;

    private static final String ATTEMPT = """
            INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state, incarnation, first_sent_at,
                last_sent_at, running_since, checkpoint_path, checkpoint_id)
            VALUES (:id, 1, :flink, 1, 1, 'SUBMITTED', 'jm', now() - interval '1 hour', now() - interval '1 hour', now(),
                'file:///nonexistent/chk-1', 1)
            """;

    /** Otherwise the stack's server would analyse all of them. */
    private static final String ANALYSIS = """
            INSERT INTO lineage_analysis (job_id, version, failures, analysed_at) VALUES (:id, 1, 0, now())
            """;

    private static final String SCRIPT = "INSERT INTO warehouse.traffic.page_views\nSELECT url, COUNT(*) FROM"
            + " kafka.main.clicks GROUP BY url;\n".repeat(10);

    private final Jdbi jdbi;
    private final int tag;

    BenchJobs(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.tag = jdbi.withHandle(handle -> handle.createQuery("SELECT tag FROM control_plane")
                .mapTo(Integer.class)
                .one());
    }

    static String target(int cluster) {
        return "bench-" + cluster;
    }

    private static UUID id(int cluster, int job) {
        return new UUID(cluster + 1L, job);
    }

    /** The JobIDs of a cluster's jobs. */
    List<String> flinkIds(int cluster, int jobs) {
        return IntStream.range(0, jobs)
                .mapToObj(job -> FlinkJobId.of(tag, id(cluster, job), 1).value())
                .toList();
    }

    void insert(int cluster, int jobs) {
        List<String> flink = flinkIds(cluster, jobs);
        jdbi.useTransaction(handle -> {
            for (String sql : List.of(JOB, VERSION, ATTEMPT, ANALYSIS)) {
                PreparedBatch batch = handle.prepareBatch(sql);
                for (int job = 0; job < jobs; job++) {
                    batch.bind("id", id(cluster, job))
                            .bind("name", target(cluster) + "-job-" + job)
                            .bind("script", SCRIPT)
                            .bind("target", target(cluster))
                            .bind("flink", flink.get(job))
                            .add();
                }
                batch.execute();
            }
        });
    }
}
