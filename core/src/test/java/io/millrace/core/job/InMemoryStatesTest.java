package io.millrace.core.job;

class InMemoryStatesTest extends StateStoreContract {
    private final StateStore store = new InMemoryStates();

    @Override
    protected StateStore store() {
        return store;
    }

    @Override
    protected JobId job() {
        return JobId.create();
    }
}
