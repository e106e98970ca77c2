package io.millrace.core.catalog;

class InMemoryTableHistoryTest extends TableHistoryContract {
    private final InMemoryMetastore metastore = new InMemoryMetastore();

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    @Override
    protected TableHistory history() {
        return metastore;
    }
}
