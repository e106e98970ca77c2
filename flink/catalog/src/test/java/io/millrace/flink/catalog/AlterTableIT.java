package io.millrace.flink.catalog;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.PrimaryKeyView;
import io.millrace.api.catalog.TableDefinition;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** All of ALTER TABLE that Flink parses, and the structure that results. */
class AlterTableIT {
    private static final String ORDERS = "CREATE TABLE orders (id BIGINT NOT NULL, price DECIMAL(10, 2) COMMENT 'net',"
            + " note STRING, ts TIMESTAMP(3), twice AS price * 2, f STRING METADATA FROM 'file.path' VIRTUAL,"
            + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,"
            + " CONSTRAINT pk PRIMARY KEY (id) NOT ENFORCED) COMMENT 'All orders' WITH ('format' = 'csv')";

    private static final String BEFORE = "1 id BIGINT NOT NULL, 2 price DECIMAL(10, 2) 'net',"
            + " 3 note VARCHAR(2147483647), 4 ts TIMESTAMP(3), 5 twice AS `price` * 2,"
            + " 6 f VARCHAR(2147483647) FROM file.path VIRTUAL; KEY pk [id]; ts AS `ts` - INTERVAL '5' SECOND;"
            + " {format=csv}";

    @TempDir
    private Path folder;

    private InMemoryMetastore metastore;
    private TableEnvironment sql;

    @BeforeEach
    void start() {
        metastore = InMemoryMetastore.start(folder);
        sql = TableEnvironment.create(EnvironmentSettings.newInstance()
                .withConfiguration(Configuration.fromMap(metastore.flinkConfig()))
                .inBatchMode()
                .build());
        sql.useCatalog("warehouse");
        sql.executeSql(ORDERS);
    }

    @AfterEach
    void stop() {
        metastore.close();
    }

    @Test
    void beginsWithAllKindsOfParts() {
        assertThat(structure("orders")).isEqualTo(BEFORE);
    }

    /** The part of the structure that is different: what it was, and what it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            ADD n INT                                        | VIRTUAL; | VIRTUAL, 7 n INT;
            ADD n INT FIRST                                  | 1 id | 7 n INT, 1 id
            ADD (n INT AFTER id, m INT NOT NULL COMMENT 'x' FIRST) | 1 id BIGINT NOT NULL, | 7 m INT NOT NULL 'x', 1 id BIGINT NOT NULL, 8 n INT,
            ADD up AS UPPER(note)                            | VIRTUAL; | VIRTUAL, 7 up AS UPPER(`note`);
            ADD size_ BIGINT METADATA FROM 'file.size' VIRTUAL | VIRTUAL; | VIRTUAL, 7 size_ BIGINT FROM file.size VIRTUAL;
            ADD r ROW<a INT, b ARRAY<STRING>>                | VIRTUAL; | VIRTUAL, 7 r ROW<`a` INT, `b` ARRAY<VARCHAR(2147483647)>>;
            MODIFY note VARCHAR(9)                           | 3 note VARCHAR(2147483647) | 3 note VARCHAR(9)
            MODIFY note STRING COMMENT 'why' FIRST           | 1 id BIGINT NOT NULL, 2 price DECIMAL(10, 2) 'net', 3 note VARCHAR(2147483647), | 3 note VARCHAR(2147483647) 'why', 1 id BIGINT NOT NULL, 2 price DECIMAL(10, 2) 'net',
            MODIFY (price DECIMAL(12, 2), note STRING AFTER ts) | DECIMAL(10, 2) 'net', 3 note VARCHAR(2147483647), 4 ts TIMESTAMP(3), | DECIMAL(12, 2) 'net', 4 ts TIMESTAMP(3), 3 note VARCHAR(2147483647),
            MODIFY twice AS price * 3                        | `price` * 2 | `price` * 3
            MODIFY f STRING METADATA FROM 'file.name' VIRTUAL | file.path | file.name
            MODIFY WATERMARK FOR ts AS ts                    | ts AS `ts` - INTERVAL '5' SECOND | ts AS `ts`
            MODIFY CONSTRAINT pk2 PRIMARY KEY (id) NOT ENFORCED | KEY pk [id] | KEY pk2 [id]
            DROP note                                        | 3 note VARCHAR(2147483647), | -
            DROP (note, f)                                   | 3 note VARCHAR(2147483647), 4 ts TIMESTAMP(3), 5 twice AS `price` * 2, 6 f VARCHAR(2147483647) FROM file.path VIRTUAL; | 4 ts TIMESTAMP(3), 5 twice AS `price` * 2;
            DROP WATERMARK                                   | ts AS `ts` - INTERVAL '5' SECOND; | -
            DROP PRIMARY KEY                                 | KEY pk [id]; | -
            DROP CONSTRAINT pk                               | KEY pk [id]; | -
            RENAME note TO remark                            | 3 note | 3 remark
            SET ('csv.field-delimiter' = ';', 'format' = 'json') | {format=csv} | {csv.field-delimiter=;, format=json}
            RESET ('format')                                 | {format=csv} | {}
            """)
    void changes(String change, String was, String is) {
        sql.executeSql(ORDERS.replace("TABLE orders", "TABLE twin"));

        sql.executeSql("ALTER TABLE orders " + change);
        sql.executeSql("ALTER TABLE IF EXISTS twin " + change);

        assertThat(structure("twin")).isEqualTo(structure("orders"));
        assertThat(BEFORE).contains(was);
        assertThat(structure("orders").replaceAll("; +", "; ").strip())
                .isEqualTo(BEFORE.replace(was, is.equals("-") ? "" : is)
                        .replaceAll(" +", " ")
                        .replaceAll("; +", "; ")
                        .strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            ADD PARTITION (day_ = '1')                       | keeps no list of partitions
            ADD IF NOT EXISTS PARTITION (day_ = '1')         | keeps no list of partitions
            DROP PARTITION (day_ = '1')                      | keeps no list of partitions
            DROP IF EXISTS PARTITION (day_ = '1')            | keeps no list of partitions
            ADD DISTRIBUTION BY HASH(id) INTO 3 BUCKETS      | DISTRIBUTED BY is not supported
            MODIFY DISTRIBUTION BY HASH(id) INTO 3 BUCKETS   | does not define any distribution
            DROP DISTRIBUTION                                | does not have a distribution to drop
            RESET ()                                         | RESET does not support empty key
            RESET ('connector')                              | RESET does not support changing 'connector'
            RENAME price.net TO gross                        | nested
            ADD WATERMARK FOR ts AS ts                       | already defined the watermark strategy
            SET ('connector' = 'datagen')                    | belongs to the platform
            RESET ('ref')                                    | belongs to the platform
            SET ('ref.connector' = 'datagen')                | belongs to the platform
            DROP price                                       | twice
            DROP id                                          | primary key
            DROP ts                                          | watermark
            DROP nothing                                     | nothing
            DROP CONSTRAINT other                            | other
            RENAME note TO price                             | price
            ADD id INT                                       | id
            ADD CONSTRAINT k PRIMARY KEY (note) NOT ENFORCED | already defined the primary key
            MODIFY missing INT                               | missing
            ADD n INT AFTER missing                          | missing
            """)
    void refusesAndLeavesTheTableAsItIs(String change, String reason) {
        for (String alter : List.of("ALTER TABLE orders ", "ALTER TABLE IF EXISTS orders ")) {
            assertThatThrownBy(() -> sql.executeSql(alter + change))
                    .isInstanceOf(RuntimeException.class)
                    .hasStackTraceContaining(reason);
        }

        assertThat(structure("orders")).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RENAME TO nothing",
                "RENAME a TO b",
                "ADD n INT",
                "MODIFY n INT",
                "DROP n",
                "DROP PRIMARY KEY",
                "DROP CONSTRAINT pk",
                "DROP WATERMARK",
                "DROP DISTRIBUTION",
                "SET ('format' = 'json')",
                "RESET ('format')"
            })
    void passesOverATableThatIsNotThereOnlyIfToldTo(String change) {
        assertThatThrownBy(() -> sql.executeSql("ALTER TABLE nowhere " + change))
                .hasStackTraceContaining("nowhere");
        sql.executeSql("ALTER TABLE IF EXISTS nowhere " + change);

        assertThat(structure("orders")).isEqualTo(BEFORE);
    }

    /** Flink forgets IF EXISTS on its way; no table of ours takes these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADD PARTITION (day_ = '1')",
                "ADD DISTRIBUTION BY HASH(id) INTO 3 BUCKETS",
                "MODIFY DISTRIBUTION BY HASH(id) INTO 3 BUCKETS",
                "DROP PARTITION (day_ = '1')"
            })
    void refusesWhatNoTableTakesAlsoWhereThereIsNone(String change) {
        for (String alter : List.of("ALTER TABLE nowhere ", "ALTER TABLE IF EXISTS nowhere ")) {
            assertThatThrownBy(() -> sql.executeSql(alter + change)).hasStackTraceContaining("nowhere");
        }
    }

    @Test
    void addsAKeyAndAWatermarkToATableWithout() {
        sql.executeSql("CREATE TABLE plain (id BIGINT NOT NULL, ts TIMESTAMP_LTZ(3))");

        sql.executeSql("ALTER TABLE plain ADD (PRIMARY KEY (id) NOT ENFORCED, WATERMARK FOR ts AS ts)");

        assertThat(structure("plain"))
                .isEqualTo("1 id BIGINT NOT NULL, 2 ts TIMESTAMP(3) WITH LOCAL TIME ZONE; KEY PK_id [id]; ts AS `ts`;"
                        + " {}");
    }

    @Test
    void keepsTheIdsOfColumnsWhateverTheyAreCalled() {
        sql.executeSql("ALTER TABLE orders RENAME note TO remark");
        sql.executeSql("ALTER TABLE orders ADD note INT AFTER id");
        sql.executeSql("ALTER TABLE orders MODIFY remark VARCHAR(3) FIRST");
        sql.executeSql("ALTER TABLE orders DROP note");
        sql.executeSql("ALTER TABLE orders RENAME remark TO note");

        assertThat(structure("orders")).startsWith("3 note VARCHAR(3), 1 id BIGINT NOT NULL, 2 price");
    }

    @Test
    void renamesTablesAndChangesViews() {
        sql.executeSql("CREATE VIEW v AS SELECT id FROM orders");
        sql.executeSql("ALTER VIEW v RENAME TO w");
        sql.executeSql("ALTER VIEW w AS SELECT note FROM orders");
        sql.executeSql("ALTER TABLE orders RENAME TO sales");
        sql.executeSql("ALTER TABLE IF EXISTS sales RENAME TO sold");

        assertThat(structure("sold")).isEqualTo(BEFORE);
        assertThat(structure("w")).startsWith("2 note VARCHAR(2147483647)");
    }

    @Test
    void keepsTheTextOfTheStatement() {
        String change = "ALTER  TABLE orders\n  ADD n INT -- more";

        new StatementText(change).during(() -> sql.executeSql(change));

        new StatementText("DROP TABLE orders").during(() -> sql.executeSql("DROP TABLE orders"));
        assertThat(metastore.statements()).containsExactly("null", change, "DROP TABLE orders");
    }

    @Test
    void keepsTheConnectorThatTheUserChose() {
        sql.executeSql("CREATE TABLE kafka.main.latest (id INT) WITH ('connector' = 'upsert-gen')");
        sql.executeSql("ALTER TABLE kafka.main.latest ADD n INT");
        sql.executeSql("CREATE TABLE kafka.main.copy_ LIKE kafka.main.latest");

        assertThat(metastore.stored("kafka", "main", "latest").definition().options())
                .containsEntry("connector", "upsert-gen");
        assertThat(metastore.stored("kafka", "main", "copy_").definition().options())
                .containsEntry("connector", "upsert-gen");
    }

    private String structure(String table) {
        TableDefinition definition =
                metastore.stored("warehouse", "default", table).definition();
        String columns = definition.columns().stream().map(AlterTableIT::column).collect(joining(", "));
        PrimaryKeyView key = definition.primaryKey();
        return columns + ";" + (key == null ? "" : " KEY " + key.name() + " " + key.columns() + ";")
                + definition.watermarks().stream()
                        .map(each -> " " + each.column() + " AS " + each.expression() + ";")
                        .collect(joining())
                + " " + new TreeMap<>(definition.options());
    }

    private static String column(ColumnView column) {
        return column.id() + " " + column.name()
                + (column.type() == null ? "" : " " + column.type())
                + (column.expression() == null ? "" : " AS " + column.expression())
                + (column.metadataKey() == null ? "" : " FROM " + column.metadataKey())
                + (column.virtual() ? " VIRTUAL" : "")
                + (column.comment() == null ? "" : " '" + column.comment() + "'");
    }
}
