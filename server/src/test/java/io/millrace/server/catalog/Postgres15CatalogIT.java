package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The fetched catalog, on the oldest PostgreSQL that is supported. */
class Postgres15CatalogIT extends PostgresCatalogIT {
    @Override
    TestPostgres.Version version() {
        return TestPostgres.Version.V15;
    }

    @Test
    void runsOnVersion15() {
        String version = Jdbi.create(TestPostgres.createDatabase(version()).dataSource())
                .withHandle(handle -> handle.createQuery("SHOW server_version")
                        .mapTo(String.class)
                        .one());

        assertThat(version).startsWith("15.");
    }
}
