package io.millrace.server.catalog;

import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.FunctionStoreContract;
import io.millrace.core.catalog.Metastore;
import org.jdbi.v3.core.Jdbi;

/** The contract, on PostgreSQL, as the migrations make it. */
class SqlFunctionStoreIT extends FunctionStoreContract {
    private final Jdbi jdbi = SqlMetastoreIT.migrated();
    private final Metastore metastore = new SqlMetastore(jdbi);
    private final FunctionStore functions = new SqlFunctionStore(jdbi);

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    @Override
    protected FunctionStore functions() {
        return functions;
    }
}
