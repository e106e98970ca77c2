package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.InMemoryMetastore;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every type that a column in PostgreSQL can have: read, or refused by name. */
class PostgresTypesIT {
    private static final DatabasePath PUBLIC = DatabasePath.of("postgres", "public");

    /** One table for each type, arrays included; those that PostgreSQL takes for columns. */
    private static final String TABLES = """
            CREATE EXTENSION citext;
            CREATE TYPE colour AS ENUM ('red', 'green');
            CREATE DOMAIN percent AS numeric(5,2);
            CREATE TYPE spans AS RANGE (subtype = numeric);
            DO $$
            DECLARE
                type record;
            BEGIN
                FOR type IN SELECT oid FROM pg_type WHERE typtype IN ('b', 'd', 'e', 'm', 'r') LOOP
                    BEGIN
                        EXECUTE format('CREATE TABLE t_%s (id int, c %s)', type.oid, format_type(type.oid, NULL));
                    EXCEPTION WHEN invalid_table_definition THEN
                        NULL;
                    END;
                END LOOP;
            END $$
            """;

    private static final String DECLARED = """
            SELECT c.relname AS name, format_type(a.atttypid, a.atttypmod) AS type
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'c'
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            """;

    @ParameterizedTest
    @EnumSource
    void readsEachOrRefusesItByName(TestPostgres.Version version) {
        TestPostgres.Database database = TestPostgres.createDatabase(version);
        Map<String, String> declared = Jdbi.create(database.dataSource()).withHandle(handle -> {
            JdbcStore.execute(handle, List.of(TABLES));
            return handle.createQuery(DECLARED)
                    .map((row, context) -> Map.entry(row.getString("name"), row.getString("type")))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        });
        var metastore = new InMemoryMetastore();
        Refreshed refreshed = new Refreshed();
        CatalogName name = PUBLIC.catalog();

        try (PostgresRemote store = PostgresConnections.to(name, database)) {
            new FetchedCatalog(name, store, ConnectorFiles.read("jdbc"), metastore, metastore, new TestClock())
                    .refresh(PUBLIC, refreshed);
        }

        assertThat(declared.values())
                .contains("citext", "citext[]", "colour", "percent", "spans", "spans[]", "money", "\"char\"")
                .contains("information_schema.time_stamp", "int4multirange", "pg_class[]", "xid8");
        assertThat(refreshed.added())
                .hasSize(declared.size() - refreshed.unmappable().size());
        refreshed.unmappable().forEach((path, reason) -> {
            assertThat(reason.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
            assertThat(reason)
                    .hasMessageContaining("Column 'c' of " + path + " has type "
                            + declared.get(path.table().value()) + ", which");
        });
        assertThat(refreshed.added())
                .allSatisfy(path -> assertThat(FlinkType.parse(type(metastore, path)))
                        .hasValueSatisfying(
                                type -> assertThat(type.isWithinRanges()).isTrue()));
        declared.forEach((table, type) -> {
            if (type.equals("citext")) {
                assertThat(type(metastore, PUBLIC.table(new TableName(table)))).isEqualTo("VARCHAR(2147483647)");
            }
        });
    }

    private static String type(InMemoryMetastore metastore, TablePath path) {
        return metastore
                .table(path)
                .orElseThrow()
                .spec()
                .columns()
                .get(1)
                .type()
                .orElseThrow();
    }
}
