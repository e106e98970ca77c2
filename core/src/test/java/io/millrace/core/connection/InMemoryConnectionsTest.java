package io.millrace.core.connection;

/** The model passes the contract too. */
class InMemoryConnectionsTest extends ConnectionStoreContract {
    private final InMemoryConnections store = new InMemoryConnections();

    @Override
    protected ConnectionStore store() {
        return store;
    }
}
