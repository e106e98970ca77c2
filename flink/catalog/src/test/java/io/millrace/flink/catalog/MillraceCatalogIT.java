package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.api.catalog.ColumnKind;
import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TableKind;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Flink's own table environment over our catalog, and a metastore behind HTTP. */
class MillraceCatalogIT {
    @TempDir
    private Path folder;

    private InMemoryMetastore metastore;
    private TableEnvironment sql;

    @BeforeEach
    void start() {
        metastore = InMemoryMetastore.start(folder);
        sql = session();
    }

    @AfterEach
    void stop() {
        metastore.close();
    }

    private TableEnvironment session() {
        TableEnvironment environment = TableEnvironment.create(EnvironmentSettings.newInstance()
                .withConfiguration(Configuration.fromMap(metastore.flinkConfig()))
                .inBatchMode()
                .build());
        environment.useCatalog("warehouse");
        return environment;
    }

    private List<Row> rows(String statement) {
        return CollectionUtil.iteratorToList(sql.executeSql(statement).collect());
    }

    private TableDefinition stored(String table) {
        return metastore.stored("warehouse", "default", table).definition();
    }

    @Test
    void showsTheServersCatalogsAndDatabases() throws Exception {
        assertThat(rows("SHOW CATALOGS")).extracting(row -> row.getField(0)).contains("kafka", "warehouse");
        sql.executeSql("CREATE DATABASE sales");
        sql.executeSql("CREATE DATABASE IF NOT EXISTS sales");

        assertThat(rows("SHOW DATABASES")).extracting(row -> row.getField(0)).containsExactly("default", "sales");

        sql.executeSql("DROP DATABASE sales");
        assertThatThrownBy(() -> sql.executeSql("DROP DATABASE sales")).hasStackTraceContaining("sales");
    }

    @Test
    void usesTheOnlyDatabaseOfACatalogWithoutDefault() {
        sql.useCatalog("kafka");

        assertThat(sql.getCurrentDatabase()).isEqualTo("main");
    }

    @Test
    void refusesToCreateACatalog() {
        assertThatThrownBy(() -> sql.executeSql("CREATE CATALOG mine WITH ('type'='generic_in_memory')"))
                .hasStackTraceContaining("cannot be created by SQL");
    }

    @Test
    void keepsEveryKindOfColumn() {
        sql.executeSql("CREATE TABLE orders (id BIGINT NOT NULL COMMENT 'the key', price DECIMAL(10, 2),"
                + " twice AS price * 2 COMMENT 'computed', ts TIMESTAMP(3),"
                + " origin STRING METADATA FROM 'file.path' VIRTUAL, day_ STRING,"
                + " items ARRAY<ROW<name STRING, n INT>>,"
                + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,"
                + " CONSTRAINT pk PRIMARY KEY (id, day_) NOT ENFORCED) COMMENT 'All orders' PARTITIONED BY (day_)"
                + " WITH ('sink.rolling-policy.file-size' = '1MB')");

        TableDefinition table = stored("orders");

        assertThat(table.kind()).isEqualTo(TableKind.TABLE);
        assertThat(table.comment()).isEqualTo("All orders");
        assertThat(table.partitionKeys()).containsExactly("day_");
        assertThat(requireNonNull(table.primaryKey()).columns()).containsExactly("id", "day_");
        assertThat(table.options()).containsOnlyKeys("sink.rolling-policy.file-size");
        assertThat(table.columns())
                .extracting(ColumnView::kind)
                .contains(ColumnKind.PHYSICAL, ColumnKind.COMPUTED, ColumnKind.METADATA);
        assertThat(table.columns().get(2).expression()).isEqualTo("`price` * 2");
        assertThat(table.columns().get(4).metadataKey()).isEqualTo("file.path");
        assertThat(table.watermarks().get(0).expression()).contains("INTERVAL '5' SECOND");
    }

    @Test
    void givesBackWhatItWasGiven() {
        sql.executeSql(
                "CREATE TABLE a (id INT NOT NULL COMMENT 'x', ts TIMESTAMP_LTZ(3), up AS UPPER(name), name STRING,"
                        + " f STRING METADATA FROM 'file.path' VIRTUAL, WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE,"
                        + " PRIMARY KEY (id) NOT ENFORCED) WITH ('format' = 'csv')");
        sql.executeSql("CREATE TABLE b LIKE a");

        TableDefinition copy = stored("b");

        assertThat(copy).isEqualTo(Definitions.renamed(stored("a"), "b"));
    }

    @Test
    void writesAndReadsThroughTheRealConnector() throws Exception {
        sql.executeSql("CREATE TABLE clicks (name STRING, n INT, day_ STRING) PARTITIONED BY (day_)");
        sql.executeSql("INSERT INTO clicks VALUES ('a', 1, '2026-01-01'), ('b', 2, '2026-01-02')")
                .await();
        sql.executeSql("INSERT OVERWRITE clicks PARTITION (day_ = '2026-01-02') VALUES ('c', 3)")
                .await();

        assertThat(rows("SELECT name, n FROM clicks WHERE day_ = '2026-01-02'")).containsExactly(Row.of("c", 3));
        assertThat(rows("SELECT COUNT(*) FROM clicks")).containsExactly(Row.of(2L));
        assertThat(sql.explainSql("SELECT name FROM clicks WHERE day_ = '2026-01-02'"))
                .contains("partitions=[{day_=2026-01-02}]")
                .doesNotContain(InMemoryMetastore.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " WITH ('partition.default-name' = 'none')"})
    void readsAPartitionOfNulls(String options) throws Exception {
        sql.executeSql(
                "CREATE TABLE visits (name STRING, day_ STRING, hour_ INT) PARTITIONED BY (day_, hour_)" + options);
        sql.executeSql("INSERT INTO visits VALUES ('a', '2026-01-01', 7), ('b', '2026-01-01', CAST(NULL AS INT)),"
                        + " ('c', CAST(NULL AS STRING), 8), ('d', CAST(NULL AS STRING), CAST(NULL AS INT))")
                .await();

        assertThat(rows("SELECT name, day_, hour_ FROM visits ORDER BY name"))
                .containsExactly(
                        Row.of("a", "2026-01-01", 7),
                        Row.of("b", "2026-01-01", null),
                        Row.of("c", null, 8),
                        Row.of("d", null, null));
        assertThat(rows("SELECT name FROM visits WHERE day_ IS NULL ORDER BY name"))
                .containsExactly(Row.of("c"), Row.of("d"));
        assertThat(rows("SELECT name FROM visits WHERE hour_ > 7")).containsExactly(Row.of("c"));
        assertThat(rows("SELECT COUNT(*) FROM visits WHERE hour_ IS NULL")).containsExactly(Row.of(2L));
        assertThat(rows("SELECT name FROM visits WHERE day_ = '2026-01-01' AND hour_ = 7 LIMIT 1"))
                .containsExactly(Row.of("a"));
    }

    @Test
    void readsATableOfTenThousandColumns() {
        List<ColumnView> columns = IntStream.range(0, 10_000)
                .mapToObj(i -> new ColumnView(i + 1, "c" + i, ColumnKind.PHYSICAL, "INT", null, null, false, null))
                .toList();
        Map<String, String> options = Map.of("number-of-rows", "3");
        MetastoreClient.of(Configuration.fromMap(metastore.flinkConfig()))
                .createTable(
                        "kafka",
                        "main",
                        new TableDefinition(
                                "wide", TableKind.TABLE, columns, null, List.of(), List.of(), options, null, null));

        assertThat(rows("SELECT c9999, c1 FROM kafka.main.wide LIMIT 2")).hasSize(2);
    }

    @Test
    void survivesItsSession() throws Exception {
        sql.executeSql("CREATE TABLE t (n INT)");
        sql.executeSql("CREATE VIEW v AS SELECT n + 1 AS m FROM t");

        sql = session();

        assertThat(rows("SHOW TABLES")).extracting(row -> row.getField(0)).containsExactly("t", "v");
        assertThat(rows("SHOW VIEWS")).containsExactly(Row.of("v"));
        sql.executeSql("INSERT INTO t VALUES (41)").await();
        assertThat(rows("SELECT m FROM v")).containsExactly(Row.of(42));
    }

    @Test
    void altersByAWholeNewDefinition() {
        sql.executeSql("CREATE TABLE t (a INT, b STRING) WITH ('format' = 'csv')");
        sql.executeSql("ALTER TABLE t ADD (c BIGINT COMMENT 'new' FIRST, d AS a + 1)");
        sql.executeSql("ALTER TABLE t MODIFY b VARCHAR(7)");

        assertThat(stored("t").columns())
                .extracting(ColumnView::name, ColumnView::type)
                .containsExactly(tuple("c", "BIGINT"), tuple("a", "INT"), tuple("b", "VARCHAR(7)"), tuple("d", null));
        assertThat(stored("t").columns().get(0).comment()).isEqualTo("new");
    }

    @Test
    void renamesAndDropsColumns() {
        sql.executeSql("CREATE TABLE t (a INT, b STRING)");
        sql.executeSql("ALTER TABLE t RENAME b TO bb");
        sql.executeSql("ALTER TABLE t DROP a");
        sql.executeSql("ALTER TABLE t SET ('csv.field-delimiter' = ';')");
        sql.executeSql("ALTER TABLE t RENAME TO u");

        assertThat(stored("u").columns()).extracting(ColumnView::name).containsExactly("bb");
        assertThat(stored("u").options()).containsEntry("csv.field-delimiter", ";");
        assertThatThrownBy(() -> sql.executeSql("ALTER TABLE u SET ('connector' = 'datagen')"))
                .hasStackTraceContaining("belongs to the platform");
    }

    @Test
    void refusesWhatADefinitionCannotHold() {
        assertThatThrownBy(() -> sql.executeSql("CREATE TABLE t (a INT) DISTRIBUTED BY (a) INTO 3 BUCKETS"))
                .hasStackTraceContaining("DISTRIBUTED BY");
    }

    @Test
    void takesHintsThatSayHowAndRefusesThoseThatSayWhere() throws Exception {
        sql.executeSql("CREATE TABLE kafka.main.gen (n INT) WITH ('number-of-rows' = '3')");

        assertThatThrownBy(() -> rows("SELECT * FROM kafka.main.gen /*+ OPTIONS('path'='/etc') */"))
                .hasStackTraceContaining("cannot be given as a hint");
        assertThat(rows("SELECT COUNT(*) FROM kafka.main.gen /*+ OPTIONS('scan.parallelism'='1') */"))
                .containsExactly(Row.of(3L));
    }

    @Test
    void saysThatTheServerIsDown() {
        sql.executeSql("CREATE TABLE t (n INT)");
        metastore.close();

        assertThatThrownBy(() -> sql.executeSql("SELECT * FROM t"))
                .hasStackTraceContaining("The Millrace server does not answer")
                .hasStackTraceContaining("millrace status");
    }
}
