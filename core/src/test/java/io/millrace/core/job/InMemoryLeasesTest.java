package io.millrace.core.job;

class InMemoryLeasesTest extends LeaseStoreContract {
    private final InMemoryJobs store = new InMemoryJobs();

    @Override
    protected LeaseStore leases() {
        return store;
    }
}
