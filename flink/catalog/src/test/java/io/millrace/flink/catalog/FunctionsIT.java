package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Functions of our catalogs in Flink's own table environment. */
class FunctionsIT {
    private static final String REVERSED = "'io.millrace.flink.catalog.Reversed'";
    private static final String NEGATED = "'io.millrace.flink.catalog.Reversed$Negated'";

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

    @Test
    void areCalledByTheirSimpleAndByTheirFullNames() {
        sql.executeSql("CREATE FUNCTION kafka.main.Turn AS " + REVERSED + " LANGUAGE JAVA");

        sql = session();
        assertThat(rows("SELECT kafka.main.turn('abc')")).containsExactly(Row.of("cba"));
        sql.executeSql("USE kafka.main");
        assertThat(rows("SELECT TURN('abc')")).containsExactly(Row.of("cba"));
        assertThat(rows("SHOW USER FUNCTIONS")).containsExactly(Row.of("turn"));
        assertThat(rows("SHOW USER FUNCTIONS FROM kafka.main LIKE 't%'")).containsExactly(Row.of("turn"));
        assertThat(rows("DESCRIBE FUNCTION EXTENDED turn").toString())
                .contains("io.millrace.flink.catalog.Reversed", "JAVA");
    }

    @Test
    void workInViews() {
        sql.executeSql("CREATE FUNCTION kafka.main.turn AS " + REVERSED);
        sql.useCatalog("kafka");
        sql.executeSql("CREATE VIEW warehouse.`default`.turned AS SELECT turn('ab') AS t");

        sql = session();
        assertThat(rows("SELECT t FROM turned")).containsExactly(Row.of("ba"));
    }

    @Test
    void honourIfExistsAndIfNotExists() {
        sql.executeSql("CREATE FUNCTION f AS " + REVERSED);
        sql.executeSql("CREATE FUNCTION IF NOT EXISTS F AS " + NEGATED);

        assertThat(rows("SELECT f('ab')")).containsExactly(Row.of("ba"));
        assertThatThrownBy(() -> sql.executeSql("CREATE FUNCTION F AS " + NEGATED))
                .hasStackTraceContaining("already exists");

        sql.executeSql("ALTER FUNCTION f AS " + NEGATED);
        assertThat(rows("SELECT f(7)")).containsExactly(Row.of(-7));

        sql.executeSql("DROP FUNCTION f");
        sql.executeSql("DROP FUNCTION IF EXISTS f");
        sql.executeSql("ALTER FUNCTION IF EXISTS f AS " + NEGATED);
        assertThatThrownBy(() -> sql.executeSql("DROP FUNCTION f")).hasStackTraceContaining("does not exist");
        assertThatThrownBy(() -> sql.executeSql("ALTER FUNCTION f AS " + NEGATED))
                .hasStackTraceContaining("does not exist");
        assertThat(rows("SHOW USER FUNCTIONS")).isEmpty();
        assertThatThrownBy(() -> sql.executeSql("CREATE FUNCTION kafka.none.f AS " + REVERSED))
                .hasStackTraceContaining("none");
    }

    @Test
    void nameOnlyWhatAListOffers() {
        refused(
                "'io.millrace.flink.catalog.Missing'",
                "'io.millrace.flink.catalog.Missing' is not on Flink's class path");
        refused("'java.lang.String'", "'java.lang.String' is no function");
        refused("'io.millrace.flink.catalog.Reversed$Hidden'", "Reversed$Hidden' is not public");
        refused(
                "'io.millrace.flink.catalog.Reversed$Unlisted'",
                "META-INF/millrace/functions) offers it",
                "Offered are: io.millrace.flink.catalog.Reversed, io.millrace.flink.catalog.Reversed$Negated");
        refused(REVERSED + " LANGUAGE SCALA", "not LANGUAGE SCALA");
        refused(REVERSED + " LANGUAGE PYTHON", "not LANGUAGE PYTHON");
        refused(REVERSED + " USING JAR '/tmp/a.jar'", "Jars will come through artifacts later");
        assertThat(rows("SHOW USER FUNCTIONS")).isEmpty();
    }

    @Test
    void areNotHandedOutWhateverTheMetastoreSays() {
        metastore.addFunction("warehouse", "default", "f", "io.millrace.flink.catalog.Reversed$Unlisted");

        assertThatThrownBy(() -> sql.executeSql("SELECT f(1)")).hasStackTraceContaining("offers it");
    }

    private void refused(String definition, String... sentences) {
        assertThatThrownBy(() -> sql.executeSql("CREATE FUNCTION f AS " + definition))
                .satisfies(failure -> {
                    for (String sentence : sentences) {
                        assertThat(failure).hasStackTraceContaining(sentence);
                    }
                });
    }
}
