package io.millrace.server.catalog;

import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.MetastoreContract;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The contract, on PostgreSQL, as the migrations make it. */
class SqlMetastoreIT extends MetastoreContract {
    private final Metastore metastore = create();

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    private static Metastore create() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        return new SqlMetastore(Jdbi.create(source));
    }
}
