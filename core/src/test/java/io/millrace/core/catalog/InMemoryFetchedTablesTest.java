package io.millrace.core.catalog;

class InMemoryFetchedTablesTest extends FetchedTablesContract {
    private final InMemoryMetastore metastore = new InMemoryMetastore();

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    @Override
    protected TableHistory history() {
        return metastore;
    }

    @Override
    protected FetchedTables fetched() {
        return metastore;
    }
}
