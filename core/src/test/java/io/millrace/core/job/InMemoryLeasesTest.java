package io.millrace.core.job;

class InMemoryLeasesTest extends LeaseStoreContract {
    private final InMemoryLeases store = new InMemoryLeases();

    @Override
    protected LeaseStore leases() {
        return store;
    }
}
