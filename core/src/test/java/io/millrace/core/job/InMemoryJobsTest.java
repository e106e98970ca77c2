package io.millrace.core.job;

class InMemoryJobsTest extends JobStoreContract {
    private final InMemoryJobs stores = new InMemoryJobs();

    @Override
    protected JobStore jobs() {
        return stores;
    }

    @Override
    protected AttemptStore attempts() {
        return stores;
    }

    @Override
    protected LeaseStore leases() {
        return stores;
    }
}
