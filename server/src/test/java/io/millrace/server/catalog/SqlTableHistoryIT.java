package io.millrace.server.catalog;

import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.TableHistory;
import io.millrace.core.catalog.TableHistoryContract;
import org.jdbi.v3.core.Jdbi;

/** The contract, on PostgreSQL, as the migrations make it. */
class SqlTableHistoryIT extends TableHistoryContract {
    private final Jdbi jdbi = SqlMetastoreIT.migrated();
    private final Metastore metastore = new SqlMetastore(jdbi);
    private final TableHistory history = new SqlTableHistory(jdbi);

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    @Override
    protected TableHistory history() {
        return history;
    }
}
