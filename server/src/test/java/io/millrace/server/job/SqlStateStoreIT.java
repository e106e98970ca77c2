package io.millrace.server.job;

import static io.millrace.testkit.TestClock.NOON;

import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.Samples;
import io.millrace.core.job.StateStore;
import io.millrace.core.job.StateStoreContract;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;

import java.util.Optional;

class SqlStateStoreIT extends StateStoreContract {
    private static Jdbi jdbi;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @Override
    protected StateStore store() {
        return new SqlStateStore(jdbi);
    }

    @Override
    protected JobId job() {
        var jobs = new SqlJobStore(jdbi);
        JobId id = JobId.create();
        Job first = Job.create(
                id,
                WorkspaceRef.DEFAULT,
                new JobName("j" + id.value().toString().substring(0, 8)),
                NOON);
        jobs.create(first, version(id, 1), JobEvent.of(NOON, EventKind.APPLIED, "Created."));
        jobs.update(first.edited(NOON), Optional.of(version(id, 2)), JobEvent.of(NOON, EventKind.APPLIED, "Written."));
        return id;
    }

    private static JobVersion version(JobId id, long number) {
        return new JobVersion(id, number, Samples.spec(JobMode.STREAMING), Samples.AUTHOR, "", NOON);
    }
}
