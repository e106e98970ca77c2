package io.millrace.server.job;

import io.millrace.core.job.LeaseStore;
import io.millrace.core.job.LeaseStoreContract;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;

class SqlLeaseStoreIT extends LeaseStoreContract {
    private static Jdbi jdbi;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @Override
    protected LeaseStore leases() {
        return new SqlLeaseStore(jdbi);
    }
}
