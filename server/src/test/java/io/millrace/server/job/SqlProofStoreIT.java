package io.millrace.server.job;

import io.millrace.core.job.AttemptStore;
import io.millrace.core.job.JobBin;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.LeaseStore;
import io.millrace.core.job.ProofStore;
import io.millrace.core.job.ProofStoreContract;
import io.millrace.core.job.SnapshotLedger;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class SqlProofStoreIT extends ProofStoreContract {
    private static Jdbi jdbi;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @AfterEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM snapshot"));
        jdbi.useHandle(handle -> handle.execute("DELETE FROM job"));
        jdbi.useHandle(handle -> handle.execute("DELETE FROM workspace WHERE name <> 'default'"));
    }

    @Override
    protected WorkspaceRef other() {
        WorkspaceRef other = new WorkspaceRef(WorkspaceId.create(), new WorkspaceName("other"));
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO workspace VALUES (?, 'other', '', 1, 'test', now())",
                other.id().value()));
        return other;
    }

    @Override
    protected JobStore jobs() {
        return new SqlJobStore(jdbi);
    }

    @Override
    protected AttemptStore attempts() {
        return new SqlAttemptStore(jdbi, true);
    }

    @Override
    protected LeaseStore leases() {
        return new SqlLeaseStore(jdbi);
    }

    @Override
    protected JobBin bin() {
        return new SqlJobBin(jdbi);
    }

    @Override
    protected SnapshotLedger ledger() {
        return new SqlSnapshotLedger(jdbi);
    }

    @Override
    protected ProofStore proofs() {
        return new SqlProofStore(jdbi);
    }
}
