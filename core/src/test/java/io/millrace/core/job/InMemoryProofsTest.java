package io.millrace.core.job;

import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;

class InMemoryProofsTest extends ProofStoreContract {
    private final InMemoryJobs store = new InMemoryJobs();

    @Override
    protected JobStore jobs() {
        return store;
    }

    @Override
    protected AttemptStore attempts() {
        return store;
    }

    @Override
    protected LeaseStore leases() {
        return store.leases;
    }

    @Override
    protected JobBin bin() {
        return new InMemoryBin(store);
    }

    @Override
    protected SnapshotLedger ledger() {
        return store.snapshots;
    }

    @Override
    protected ProofStore proofs() {
        return store.proofs;
    }

    @Override
    protected WorkspaceRef other() {
        return new WorkspaceRef(WorkspaceId.create(), new WorkspaceName("other"));
    }
}
