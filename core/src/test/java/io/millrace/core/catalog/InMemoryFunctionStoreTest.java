package io.millrace.core.catalog;

class InMemoryFunctionStoreTest extends FunctionStoreContract {
    private final InMemoryMetastore metastore = new InMemoryMetastore();

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    @Override
    protected FunctionStore functions() {
        return metastore.functions();
    }
}
