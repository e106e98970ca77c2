package io.millrace.core.job;

import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;

class InMemoryBinTest extends JobBinContract {
    private final InMemoryJobs stores = new InMemoryJobs();

    @Override
    protected JobStore jobs() {
        return stores;
    }

    @Override
    protected JobBin bin() {
        return new InMemoryBin(stores);
    }

    @Override
    protected AttemptStore attempts() {
        return stores;
    }

    @Override
    protected LeaseStore leases() {
        return stores.leases;
    }

    @Override
    protected WorkspaceRef other() {
        return new WorkspaceRef(WorkspaceId.create(), new WorkspaceName("other"));
    }
}
