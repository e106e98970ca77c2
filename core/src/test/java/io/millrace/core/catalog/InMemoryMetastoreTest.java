package io.millrace.core.catalog;

class InMemoryMetastoreTest extends MetastoreContract {
    private final InMemoryMetastore metastore = new InMemoryMetastore();

    @Override
    protected Metastore metastore() {
        return metastore;
    }
}
