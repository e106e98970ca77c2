package io.millrace.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.api.Json;
import io.millrace.core.job.JobId;
import io.millrace.core.job.StateStore;
import io.millrace.core.state.StatePlan;
import org.jdbi.v3.core.Jdbi;

import java.util.Optional;

/** {@link StateStore} in PostgreSQL. */
final class SqlStateStore implements StateStore {
    private final Jdbi jdbi;

    SqlStateStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void put(JobId job, long version, StatePlan state) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO job_state (job_id, version, engine, plan)
                        SELECT job_id, version, :engine, cast(:plan AS jsonb) FROM job_version
                        WHERE job_id = :job AND version = :version
                        ON CONFLICT DO NOTHING
                        """)
                .bind("job", job.value())
                .bind("version", version)
                .bind("engine", state.engine())
                .bind("plan", Json.write(state))
                .execute());
    }

    @Override
    public Optional<StatePlan> find(JobId job, long version) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT plan::text FROM job_state WHERE job_id = :job AND version = :version
                        """)
                .bind("job", job.value())
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .map(SqlStateStore::plan));
    }

    private static StatePlan plan(String json) {
        try {
            return Json.lenient().readValue(json, StatePlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job_state.plan is not the state of a plan", e);
        }
    }
}
