package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.InMemoryMetastore;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.ViewQuery;
import io.millrace.core.catalog.Watermark;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fetched catalog, on the newest PostgreSQL; {@link Postgres15CatalogIT} has the oldest. */
class PostgresCatalogIT extends CatalogContract {
    private static final CatalogName NAME = new CatalogName("postgres");

    private final TestPostgres.Database database = TestPostgres.createDatabase(version());
    private final Jdbi remote = Jdbi.create(database.dataSource());
    private final PostgresRemote store = store(database.port());
    private final InMemoryMetastore metastore = new InMemoryMetastore();
    private final FetchedCatalog catalog = catalog(store);

    TestPostgres.Version version() {
        return TestPostgres.Version.V17;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected Catalog catalog() {
        return catalog;
    }

    @Test
    void showsSchemasButThoseOfTheSystem() {
        remote.useHandle(handle -> handle.execute("CREATE SCHEMA crm; COMMENT ON SCHEMA crm IS 'people'"));

        assertThat(catalog.databases())
                .containsExactly(
                        new Database(DatabasePath.of("postgres", "crm"), "people"),
                        new Database(DatabasePath.of("postgres", "public"), "standard public schema"));
        assertFails(ErrorCode.DATABASE_NOT_FOUND, () -> catalog.tables(DatabasePath.of("postgres", "pg_catalog")));
        assertThat(catalog.find(TablePath.of("postgres", "pg_catalog", "pg_class")))
                .isEmpty();
        assertThat(catalog.find(TablePath.of("postgres", "information_schema", "tables")))
                .isEmpty();
        assertFails(ErrorCode.DATABASE_NOT_FOUND, () -> catalog.dropDatabase(new DatabaseName("pg_catalog"), true, US));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean|BOOLEAN",
                "smallint|SMALLINT",
                "integer|INT",
                "bigint|BIGINT",
                "real|FLOAT",
                "double precision|DOUBLE",
                "numeric(10,2)|DECIMAL(10, 2)",
                "numeric(38,38)|DECIMAL(38, 38)",
                "numeric|DECIMAL(38, 18)",
                "varchar(20)|VARCHAR(20)",
                "varchar|VARCHAR(2147483647)",
                "char(3)|CHAR(3)",
                "text|VARCHAR(2147483647)",
                "date|DATE",
                "time|TIME(0)",
                "timestamp|TIMESTAMP(6)",
                "timestamp(3)|TIMESTAMP(3)",
                "timestamptz|TIMESTAMP(6)",
                "timestamptz(0)|TIMESTAMP(0)",
                "bytea|VARBINARY(2147483647)",
                "uuid|VARCHAR(2147483647)",
                "json|VARCHAR(2147483647)",
                "jsonb|VARCHAR(2147483647)",
                "inet|VARCHAR(2147483647)",
                "cidr|VARCHAR(2147483647)",
                "macaddr|VARCHAR(2147483647)",
                "name|VARCHAR(2147483647)",
                "oid|BIGINT",
                "colour|VARCHAR(2147483647)",
                "percent|DECIMAL(5, 2)",
                "int[]|ARRAY<INT>",
                "text[]|ARRAY<VARCHAR(2147483647)>",
                "numeric(8,3)[]|ARRAY<DECIMAL(8, 3)>"
            })
    void mapsTypes(String type, String flink) {
        createWith(type);

        assertThat(catalog.find(path("t")).orElseThrow().spec().columns())
                .containsExactly(Column.physical("id", "BIGINT NOT NULL"), Column.physical("c", flink));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "money",
                "interval",
                "bit(4)",
                "bit varying(4)",
                "time with time zone",
                "xml",
                "point",
                "tsvector",
                "int4range",
                "numeric(50,2)",
                "numeric(3,-2)",
                "numeric(2,5)",
                "interval[]",
                "pair",
                "text_like"
            })
    void refusesTypesByName(String type) {
        createWith(type);
        remote.useHandle(handle -> handle.execute("CREATE TABLE fine (id int)"));

        assertThatThrownBy(() -> catalog.find(path("t"))).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
            assertThat(e).hasMessageContaining("Column 'c' of postgres.public.t has type " + type);
        });
        assertThat(catalog.tables(path("t").parent())).hasSize(2);
        assertThat(catalog.find(path("fine"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "order", "Mixed", "with space", "a\"b", "left"})
    void refusesColumnsThatTheConnectorCouldNotName(String column) {
        remote.useHandle(
                handle -> JdbcStore.execute(handle, List.of("CREATE TABLE t (" + PostgresDdl.quote(column) + " int)")));

        assertThatThrownBy(() -> catalog.find(path("t"))).hasMessageContaining("Column '" + column + "'");
    }

    @Test
    void fetchesKeysInTheirOrderAndComments() {
        remote.useHandle(handle -> handle.execute("""
                CREATE TABLE t (a int, b text NOT NULL, c int, gone int, CONSTRAINT the_key PRIMARY KEY (c, a));
                ALTER TABLE t DROP COLUMN gone;
                COMMENT ON TABLE t IS 'the table';
                COMMENT ON COLUMN t.b IS 'the b'
                """));

        TableSpec spec = catalog.find(path("t")).orElseThrow().spec();

        assertThat(spec.primaryKey()).contains(new PrimaryKey("the_key", List.of("c", "a")));
        assertThat(spec.comment()).contains("the table");
        assertThat(spec.columns())
                .containsExactly(
                        Column.physical("a", "INT NOT NULL"),
                        Column.physical("b", "VARCHAR(2147483647) NOT NULL").commented(Optional.of("the b")),
                        Column.physical("c", "INT NOT NULL"));
    }

    @Test
    void showsTheOthersBesideATableWithANameThatNobodyCanType() {
        remote.useHandle(handle -> {
            handle.execute("CREATE SCHEMA \"a\tb\"; CREATE TABLE fine (id int)");
            JdbcStore.execute(handle, List.of("CREATE TABLE \"a\nb\" (id int)", "CREATE TABLE \"a\u200bb\" (id int)"));
        });

        assertThat(catalog.databases()).hasSize(1);
        assertThat(catalog.tables(path("t").parent()))
                .containsExactly(new ListedTable(new TableName("fine"), false, ""));
        assertThat(store.heads(path("t").parent())).hasSize(1);
    }

    @Test
    void readsViewsAndPartitionedTables() {
        remote.useHandle(handle -> handle.execute("""
                CREATE TABLE parts (id int, day date) PARTITION BY RANGE (day);
                CREATE VIEW shown AS SELECT id FROM parts;
                """));

        assertThat(catalog.find(path("parts"))).isPresent();
        assertThat(catalog.find(path("shown"))).isPresent();
        assertFails(ErrorCode.CATALOG_UNSUPPORTED, () -> catalog.drop(path("shown"), US));
    }

    @Test
    void completesATableForTheJdbcConnector() {
        remote.useHandle(handle -> handle.execute("CREATE TABLE t (id int PRIMARY KEY)"));
        Table table = catalog.find(path("t")).orElseThrow();

        Map<String, String> options = catalog.resolve(table.ref()).orElseThrow();

        assertThat(options)
                .containsEntry("connector", "jdbc")
                .containsEntry("table-name", "\"public\".\"t\"")
                .containsEntry("username", "postgres")
                .containsEntry("password", "postgres")
                .containsEntry("scan.auto-commit", "false");
        assertThat(options.get("url"))
                .startsWith("jdbc:postgresql://127.0.0.1:" + database.port() + "/" + database.name() + "?");
        assertThat(table.spec().options()).isEmpty();
    }

    @Test
    void noticesWhenSomebodyElseChangesATable() {
        remote.useHandle(handle -> handle.execute("CREATE TABLE t (id int)"));
        Table before = catalog.find(path("t")).orElseThrow();

        remote.useHandle(handle -> handle.execute("COMMENT ON TABLE t IS 'still the same'"));
        assertThat(catalog.find(path("t")).orElseThrow().ref()).isEqualTo(before.ref());

        remote.useHandle(handle -> handle.execute("ALTER TABLE t ALTER COLUMN id TYPE bigint"));
        assertThat(catalog.find(path("t")).orElseThrow().ref()).isNotEqualTo(before.ref());
        assertThat(catalog.resolve(before.ref())).isEmpty();
    }

    @Test
    void followsATableThatSomebodyElseRenamesAndChanges() {
        remote.useHandle(handle -> handle.execute("CREATE TABLE t (id int)"));
        Table before = catalog.find(path("t")).orElseThrow();

        remote.useHandle(handle -> handle.execute("ALTER TABLE t RENAME TO s; ALTER TABLE s ADD COLUMN n bigint"));
        Table after = catalog.find(path("s")).orElseThrow();

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(catalog.find(path("t"))).isEmpty();
    }

    @Test
    void keepsHostileNamesAsNames() {
        DatabaseName odd = new DatabaseName("s\"; DROP SCHEMA public; --");
        catalog.createDatabase(odd, "it's odd");
        TablePath path = new DatabasePath(NAME, odd).table(new TableName("t; DROP TABLE x; -- :id ?"));

        Table created = catalog.create(path, TableSpec.of(List.of(Column.physical("id", "BIGINT")), Map.of()), US);

        assertThat(catalog.find(path)).contains(created);
        assertThat(catalog.databases()).hasSize(2);
        catalog.drop(path, US);
        catalog.dropDatabase(odd, false, US);
        assertThat(catalog.databases()).hasSize(1);
    }

    @Test
    void createsWhatTheConnectorCanWriteOrNothing() {
        var reserved = TableSpec.of(List.of(Column.physical("user", "INT")), Map.of());
        assertFails(ErrorCode.TABLE_INVALID, () -> catalog.create(path("t"), reserved, US));

        var local = TableSpec.of(List.of(Column.physical("at", "TIMESTAMP(3) WITH LOCAL TIME ZONE")), Map.of());
        assertFails(ErrorCode.TYPE_UNSUPPORTED, () -> catalog.create(path("t"), local, US));

        var view = new TableSpec(
                List.of(Column.physical("a", "INT")),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new ViewQuery("SELECT 1", "SELECT 1")));
        assertFails(ErrorCode.CATALOG_UNSUPPORTED, () -> catalog.create(path("t"), view, US));
        assertFails(ErrorCode.TABLE_INVALID, () -> catalog.create(path("t"), timed(new Watermark("at", "`at`")), US));

        assertThat(catalog.tables(path("t").parent())).isEmpty();
    }

    @Test
    void createsAKeyedTableWithComments() {
        var spec = new TableSpec(
                List.of(
                        Column.physical("minute", "TIMESTAMP(3) NOT NULL"),
                        Column.physical("views", "BIGINT").commented(Optional.of("pages seen"))),
                Optional.of(new PrimaryKey("PK_minute", List.of("minute"))),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of("page views per minute"),
                Optional.empty());

        Table created = catalog.create(path("page_views_1m"), spec, US);

        assertThat(created.spec().columns()).isEqualTo(spec.columns());
        assertThat(created.spec().comment()).isEqualTo(spec.comment());
        assertThat(created.spec().primaryKey().map(PrimaryKey::columns)).contains(List.of("minute"));
    }

    @Test
    void goesOnAfterPostgresEndedItsConnections() {
        assertThat(catalog.databases()).hasSize(1);

        List<Boolean> ended = remote.withHandle(
                handle -> handle.createQuery("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                                + " WHERE application_name = 'millrace-catalog' AND datname = current_database()")
                        .mapTo(Boolean.class)
                        .list());

        assertThat(ended).containsOnly(true);
        assertThat(catalog.databases()).hasSize(1);
    }

    @Test
    void keepsAFewConnectionsOnly() {
        for (int i = 0; i < 20; i++) {
            assertThat(catalog.databases()).hasSize(1);
        }

        int open = remote.withHandle(handle -> handle.createQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE application_name = 'millrace-catalog' AND datname = current_database()")
                .mapTo(Integer.class)
                .one());
        assertThat(open).isEqualTo(1);
    }

    @Test
    void saysWhichStoreIsDown() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }

        assertThatThrownBy(() -> catalog(unused).databases()).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            assertThat(e)
                    .hasMessageMatching(
                            "The PostgreSQL server of catalog '.*' does not answer\\. It has not answered since 20.*Z\\.")
                    .hasMessageNotContainingAny("127.0.0.1", "secret");
        });
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFails(
                    ErrorCode.STORE_UNAVAILABLE,
                    () -> catalog(silent.getLocalPort()).databases());
        }
    }

    private void createWith(String type) {
        remote.useHandle(handle -> {
            handle.execute("CREATE TYPE colour AS ENUM ('red', 'green')");
            handle.execute("CREATE TYPE pair AS (a int, b int)");
            handle.execute("CREATE DOMAIN percent AS numeric(5,2)");
            handle.execute("CREATE DOMAIN text_like AS percent");
            JdbcStore.execute(handle, List.of("CREATE TABLE t (id bigserial PRIMARY KEY, c " + type + ")"));
        });
    }

    private FetchedCatalog catalog(PostgresRemote remote) {
        return new FetchedCatalog(NAME, remote, ConnectorFiles.read("jdbc"), metastore, metastore, new TestClock());
    }

    private FetchedCatalog catalog(int port) {
        return catalog(store(port));
    }

    private PostgresRemote store(int port) {
        return PostgresConnections.to(NAME, database, port);
    }

    private static TablePath path(String table) {
        return TablePath.of("postgres", "public", table);
    }
}
