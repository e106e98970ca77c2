package io.millrace.server.connection;

import io.millrace.core.connection.ConnectionStore;
import io.millrace.core.connection.ConnectionStoreContract;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The contract, on PostgreSQL, as the migrations make it. */
class SqlConnectionStoreIT extends ConnectionStoreContract {
    private final ConnectionStore store = new SqlConnectionStore(migrated());

    @Override
    protected ConnectionStore store() {
        return store;
    }

    private static Jdbi migrated() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        return Jdbi.create(source);
    }
}
