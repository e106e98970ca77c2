package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.catalog.TableView;
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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flink reads the files of Hive's external tables with the options that the server gives for their SerDes. */
class HiveFilesIT {
    @TempDir
    private Path folder;

    private InMemoryMetastore metastore;
    private TableEnvironment sql;

    @BeforeEach
    void start() {
        metastore = InMemoryMetastore.start(folder);
        metastore.addCatalog("hive", "shop", this::options);
        sql = TableEnvironment.create(EnvironmentSettings.newInstance()
                .withConfiguration(Configuration.fromMap(metastore.flinkConfig()))
                .inBatchMode()
                .build());
        sql.getConfig().set("parallelism.default", "1");
    }

    @AfterEach
    void stop() {
        metastore.close();
    }

    private Path table(String name) {
        return folder.resolve("shop.db").resolve(name);
    }

    private Map<String, String> options(TableView table) {
        String name = table.definition().name();
        Map<String, String> options = new HashMap<>();
        options.put("connector", "filesystem");
        options.put("path", table(name).toUri().toString());
        options.put("partition.default-name", "__HIVE_DEFAULT_PARTITION__");
        options.put("format", name.startsWith("csv") ? "csv" : name);
        if (name.equals("csv")) {
            options.put("csv.field-delimiter", "\u0001");
            options.put("csv.disable-quote-character", "true");
            options.put("csv.null-literal", "\\N");
        } else if (name.equals("csv_quoted")) {
            options.put("csv.field-delimiter", ";");
            options.put("csv.quote-character", "\"");
            options.put("csv.escape-character", "\\");
        }
        return options;
    }

    private List<String> rows(String statement) {
        return CollectionUtil.iteratorToList(sql.executeSql(statement).collect()).stream()
                .map(Row::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void readsAndWritesPartitionedFilesInHivesLayout(String format) throws Exception {
        sql.executeSql("CREATE TABLE hive.shop." + format
                + " (id BIGINT, price DECIMAL(10, 2), sold TIMESTAMP(9), tags ARRAY<STRING>, dt STRING)"
                + " PARTITIONED BY (dt)");

        sql.executeSql("INSERT INTO hive.shop." + format
                        + " VALUES (1, 10.5, TIMESTAMP '2026-01-01 10:00:00', ARRAY['a', 'b'], '2026-01-01'),"
                        + " (2, 4, CAST(NULL AS TIMESTAMP(9)), ARRAY['c'], CAST(NULL AS STRING))")
                .await();

        assertThat(table(format).resolve("dt=2026-01-01")).isDirectory();
        assertThat(table(format).resolve("dt=__HIVE_DEFAULT_PARTITION__")).isDirectory();
        assertThat(rows("SELECT * FROM hive.shop." + format + " ORDER BY id"))
                .containsExactly("+I[1, 10.50, 2026-01-01T10:00, [a, b], 2026-01-01]", "+I[2, 4.00, null, [c], null]");
        assertThat(rows("SELECT id FROM hive.shop." + format + " WHERE dt = '2026-01-01'"))
                .containsExactly("+I[1]");
    }

    @Test
    void readsDelimitedTextAsHiveWritesIt() throws Exception {
        Files.createDirectories(table("csv").resolve("dt=2026-01-01"));
        Files.writeString(
                table("csv").resolve("dt=2026-01-01/000000_0"),
                "1\u0001say \"hi\", twice\u00012026-01-01 10:00:00\n2\u0001\\N\u0001\\N\n");
        sql.executeSql("CREATE TABLE hive.shop.csv (id BIGINT, name STRING, sold TIMESTAMP(9), dt STRING)"
                + " PARTITIONED BY (dt)");

        assertThat(rows("SELECT * FROM hive.shop.csv"))
                .containsExactly(
                        "+I[1, say \"hi\", twice, 2026-01-01T10:00, 2026-01-01]", "+I[2, null, null, 2026-01-01]");
    }

    @Test
    void readsQuotedTextAsHiveWritesIt() throws Exception {
        Files.createDirectories(table("csv_quoted"));
        Files.writeString(table("csv_quoted").resolve("part"), "\"1\";\"a;b\"\n\"2\";\"say \\\"hi\\\"\"\n");
        sql.executeSql("CREATE TABLE hive.shop.csv_quoted (id STRING, name STRING)");

        assertThat(rows("SELECT * FROM hive.shop.csv_quoted")).containsExactly("+I[1, a;b]", "+I[2, say \"hi\"]");
    }
}
