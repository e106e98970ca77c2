package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.catalog.TableView;
import io.millrace.testkit.TestIcebergRest;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flink reads and writes Iceberg tables of both kinds of catalogs through the connector {@code millrace}. */
class LakeTablesIT {
    private static final String TOKEN = "t0ken-of-the-lake";
    private static final String COLUMNS = "(id BIGINT NOT NULL, amount DECIMAL(10, 2), `day` DATE, ts TIMESTAMP(6))";

    @TempDir
    private static Path lake;

    private static TestIcebergRest server;

    @TempDir
    private Path folder;

    private InMemoryMetastore metastore;
    private TableEnvironment sql;

    @BeforeAll
    static void startServer() {
        server = TestIcebergRest.start(lake);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() {
        metastore = InMemoryMetastore.start(folder);
        metastore.addCatalog("rest", "shop", table -> options(table, rest()));
        metastore.addCatalog("hadoop", "shop", table -> options(table, hadoop()));
        sql = session(EnvironmentSettings.newInstance().inBatchMode());
    }

    @AfterEach
    void stop() throws Exception {
        metastore.close();
        try (RESTCatalog rest = restCatalog()) {
            rest.listNamespaces().forEach(namespace -> {
                rest.listTables(namespace).forEach(rest::dropTable);
                rest.dropNamespace(namespace);
            });
        }
    }

    private TableEnvironment session(EnvironmentSettings.Builder settings) {
        TableEnvironment environment =
                TableEnvironment.create(settings.withConfiguration(Configuration.fromMap(metastore.flinkConfig()))
                        .build());
        environment.getConfig().set("parallelism.default", "1");
        return environment;
    }

    private static Map<String, String> rest() {
        return Map.of(
                "catalog-type",
                "rest",
                "uri",
                server.uri(),
                "io-impl",
                "org.apache.iceberg.hadoop.HadoopFileIO",
                "token",
                TOKEN,
                "token-refresh-enabled",
                "false");
    }

    private Map<String, String> hadoop() {
        return Map.of("catalog-type", "hadoop", "warehouse", hadoopRoot());
    }

    private String hadoopRoot() {
        return folder.resolve("lake").toUri().toString();
    }

    private static Map<String, String> options(TableView table, Map<String, String> catalog) {
        Map<String, String> options = new HashMap<>(catalog);
        options.put("connector", "iceberg");
        options.put("catalog-name", table.catalog());
        options.put("catalog-database", table.database());
        options.put("catalog-table", "remote_" + table.definition().name());
        return options;
    }

    private static RESTCatalog restCatalog() {
        RESTCatalog rest = new RESTCatalog();
        Map<String, String> properties = new HashMap<>(rest());
        properties.remove("catalog-type");
        rest.initialize("other", properties);
        return rest;
    }

    private Catalog other(String kind) {
        return kind.equals("rest")
                ? restCatalog()
                : new HadoopCatalog(new org.apache.hadoop.conf.Configuration(false), hadoopRoot());
    }

    private List<Row> rows(TableEnvironment environment, String statement) {
        return CollectionUtil.iteratorToList(environment.executeSql(statement).collect());
    }

    /** Made in Flink's words for its schema, so that both sides surely agree on it. */
    private void createRemotely(String kind, String table) throws Exception {
        Catalog catalog = other(kind);
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of("shop"), new HashMap<>());
        var schema =
                org.apache.iceberg.flink.FlinkSchemaUtil.convert(sql.from(table).getResolvedSchema());
        catalog.createTable(TableIdentifier.of("shop", "remote_orders"), schema);
        ((AutoCloseable) catalog).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "hadoop"})
    void readsWhatItWrites(String kind) throws Exception {
        sql.executeSql("CREATE TABLE " + kind + ".shop.orders " + COLUMNS);
        createRemotely(kind, kind + ".shop.orders");

        sql.executeSql("INSERT INTO " + kind + ".shop.orders VALUES"
                        + " (1, 10.5, DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:01'),"
                        + " (2, 4, CAST(NULL AS DATE), TIMESTAMP '2026-01-01 00:01:01.123456')")
                .await();

        assertThat(rows(sql, "SELECT id, amount, `day`, ts FROM " + kind + ".shop.orders ORDER BY id"))
                .extracting(Row::toString)
                .containsExactly(
                        "+I[1, 10.50, 2026-01-01, 2026-01-01T00:00:01]",
                        "+I[2, 4.00, null, 2026-01-01T00:01:01.123456]");
        Catalog catalog = other(kind);
        var snapshot =
                catalog.loadTable(TableIdentifier.of("shop", "remote_orders")).currentSnapshot();
        assertThat(snapshot.summary()).containsEntry("total-records", "2");
        ((AutoCloseable) catalog).close();
    }

    @Test
    void laysComputedColumnsAndAWatermarkOverATable() throws Exception {
        sql.executeSql("CREATE TABLE hadoop.shop.orders " + COLUMNS);
        createRemotely("hadoop", "hadoop.shop.orders");
        sql.executeSql("INSERT INTO hadoop.shop.orders VALUES"
                        + " (1, 1.00, CAST(NULL AS DATE), TIMESTAMP '2026-01-01 00:00:01'),"
                        + " (2, 2.00, CAST(NULL AS DATE), TIMESTAMP '2026-01-01 00:00:59'),"
                        + " (3, 4.00, CAST(NULL AS DATE), TIMESTAMP '2026-01-01 00:01:30')")
                .await();
        sql.executeSql(
                "ALTER TABLE hadoop.shop.orders ADD"
                        + " (twice AS amount * 2, sold AS CAST(ts AS TIMESTAMP(3)), WATERMARK FOR sold AS sold - INTERVAL '5' SECOND)");

        TableEnvironment stream = session(EnvironmentSettings.newInstance().inStreamingMode());
        List<Row> windows = rows(
                stream,
                "SELECT window_start, SUM(twice) FROM TABLE(TUMBLE(TABLE hadoop.shop.orders, DESCRIPTOR(sold),"
                        + " INTERVAL '1' MINUTE)) GROUP BY window_start, window_end");

        assertThat(windows)
                .extracting(Row::toString)
                .containsExactly("+I[2026-01-01T00:00, 6.00]", "+I[2026-01-01T00:01, 8.00]");
    }

    @Test
    void replacesRowsByThePrimaryKeyWhenAskedTo() throws Exception {
        sql.executeSql(
                "CREATE TABLE hadoop.shop.orders (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('write.upsert.enabled' = 'true')");
        HadoopCatalog catalog = (HadoopCatalog) other("hadoop");
        catalog.createNamespace(Namespace.of("shop"));
        catalog.createTable(
                TableIdentifier.of("shop", "remote_orders"),
                new org.apache.iceberg.Schema(
                        List.of(
                                org.apache.iceberg.types.Types.NestedField.required(
                                        1, "id", org.apache.iceberg.types.Types.LongType.get()),
                                org.apache.iceberg.types.Types.NestedField.optional(
                                        2, "name", org.apache.iceberg.types.Types.StringType.get())),
                        java.util.Set.of(1)),
                org.apache.iceberg.PartitionSpec.unpartitioned(),
                Map.of("write.upsert.enabled", "true"));
        catalog.close();

        for (String name : List.of("old", "new")) {
            sql.executeSql("INSERT INTO hadoop.shop.orders VALUES (1, '" + name + "')")
                    .await();
        }

        assertThat(rows(sql, "SELECT id, name FROM hadoop.shop.orders"))
                .extracting(Row::toString)
                .containsExactly("+I[1, new]");
    }

    @Test
    void neverCreatesATableThatIsGone() throws Exception {
        sql.executeSql("CREATE TABLE rest.shop.orders " + COLUMNS);

        assertThatThrownBy(() -> sql.executeSql("INSERT INTO rest.shop.orders (id) VALUES (1)"))
                .hasStackTraceContaining("remote_orders")
                .hasStackTraceContaining("does not exist");
        try (RESTCatalog rest = restCatalog()) {
            assertThat(rest.listNamespaces()).isEmpty();
        }
    }

    @Test
    void showsNoTokenInAPlan() throws Exception {
        sql.executeSql("CREATE TABLE rest.shop.orders " + COLUMNS);
        createRemotely("rest", "rest.shop.orders");

        assertThat(sql.explainSql("SELECT * FROM rest.shop.orders")).doesNotContain(TOKEN);
        assertThat(rows(sql, "SHOW CREATE TABLE rest.shop.orders").toString()).doesNotContain(TOKEN);
    }
}
