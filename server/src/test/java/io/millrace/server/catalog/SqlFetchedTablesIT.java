package io.millrace.server.catalog;

import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.FetchedTablesContract;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.TableHistory;
import org.jdbi.v3.core.Jdbi;

/** The contract, on PostgreSQL, as the migrations make it. */
class SqlFetchedTablesIT extends FetchedTablesContract {
    private final Jdbi jdbi = SqlMetastoreIT.migrated();
    private final Metastore metastore = new SqlMetastore(jdbi);
    private final FetchedTables fetched = new SqlFetchedTables(jdbi);

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    @Override
    protected TableHistory history() {
        return new SqlTableHistory(jdbi);
    }

    @Override
    protected FetchedTables fetched() {
        return fetched;
    }
}
