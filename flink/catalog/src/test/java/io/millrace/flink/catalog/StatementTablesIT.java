package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.api.catalog.TableKey;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a statement asks the metastore when it is known which tables it mentions, and that it sees nothing outdated. */
class StatementTablesIT {
    private static final Pattern NAME = Pattern.compile("(\\w+)`?\\.`?(\\w+)`?\\.`?(\\w+)");

    @TempDir
    private Path folder;

    private InMemoryMetastore metastore;
    private TableEnvironment sql;

    @BeforeEach
    void start() {
        metastore = InMemoryMetastore.start(folder);
        sql = session();
        sql.executeSql("CREATE TABLE kafka.main.a (n INT, word STRING)");
        sql.executeSql("CREATE TABLE kafka.main.b (n INT, word STRING)");
        metastore.takeRequests();
    }

    @AfterEach
    void stop() {
        metastore.close();
    }

    private TableEnvironment session() {
        TableEnvironment environment = TableEnvironment.create(EnvironmentSettings.newInstance()
                .withConfiguration(Configuration.fromMap(metastore.flinkConfig()))
                .inStreamingMode()
                .build());
        environment.useCatalog("warehouse");
        environment.useCatalog("kafka");
        return environment;
    }

    private static List<TableKey> names(String text) {
        return NAME.matcher(text)
                .results()
                .map(match -> new TableKey(match.group(1), match.group(2), match.group(3)))
                .toList();
    }

    private static <T> T during(String statement, Supplier<T> work) {
        return StatementTables.during(StatementTablesIT::names, () -> {
            StatementTables.mention(names(statement));
            return work.get();
        });
    }

    private String plan(String statement) {
        return during(statement, () -> sql.explainSql(statement));
    }

    @Test
    void asksOnceForAllTablesAndOnceForAllTheirOptions() {
        String plan = plan("SELECT a.n FROM kafka.main.a AS a JOIN kafka.main.b AS b ON a.n = b.n");

        assertThat(plan).contains("table=[[kafka, main, a]]").contains("table=[[kafka, main, b]]");
        assertThat(metastore.takeRequests())
                .doesNotHaveDuplicates()
                .contains("POST lookups", "POST resolutions")
                .doesNotContain(
                        "GET catalogs/kafka/databases/main",
                        "GET catalogs/kafka/databases/main/tables/a",
                        "GET catalogs/kafka/databases/main/tables/b",
                        "GET resolutions");
    }

    @Test
    void asksOnceMoreForEachLevelOfViews() {
        sql.executeSql("CREATE VIEW warehouse.`default`.low AS SELECT n FROM kafka.main.a");
        sql.executeSql("CREATE VIEW warehouse.`default`.high AS SELECT l.n FROM warehouse.`default`.low AS l"
                + " JOIN kafka.main.b AS b ON l.n = b.n");
        metastore.takeRequests();

        String plan = during("warehouse.default.high", () -> sql.explainSql("SELECT * FROM warehouse.`default`.high"));

        assertThat(plan).contains("table=[[kafka, main, a]]").contains("table=[[kafka, main, b]]");
        List<String> requests = metastore.takeRequests();
        assertThat(requests)
                .filteredOn(request -> request.startsWith("POST"))
                .containsExactly("POST lookups", "POST lookups", "POST lookups", "POST resolutions");
        assertThat(requests)
                .filteredOn(request -> request.startsWith("GET"))
                .doesNotHaveDuplicates()
                .noneMatch(request -> request.matches(".*/tables/(a|b|low|high)"));
    }

    @Test
    void asksAloneForWhatWasNotMentioned() {
        String plan = during("kafka.main.a", () -> sql.explainSql("SELECT n FROM kafka.main.b"));

        assertThat(plan).contains("table=[[kafka, main, b]]");
        assertThat(metastore.takeRequests()).contains("GET catalogs/kafka/databases/main/tables/b");
    }

    @Test
    void seesInTheNextStatementWhatOthersChanged() {
        plan("SELECT * FROM kafka.main.a");
        session().executeSql("ALTER TABLE kafka.main.a ADD (added INT)");

        assertThat(plan("SELECT * FROM kafka.main.a")).contains("added");

        session().executeSql("DROP TABLE kafka.main.a");
        assertThatThrownBy(() -> plan("SELECT * FROM kafka.main.a"))
                .hasStackTraceContaining("Object 'a' not found within 'kafka.main'");
    }

    @Test
    void seesWhatTheStatementItselfChanges() {
        String plan = during("kafka.main.a kafka.main.c", () -> {
            sql.explainSql("SELECT * FROM kafka.main.a");
            sql.executeSql("ALTER TABLE kafka.main.a ADD (added INT)");
            sql.executeSql("CREATE TABLE kafka.main.c (n INT)");
            return sql.explainSql("SELECT a.added FROM kafka.main.a AS a JOIN kafka.main.c AS c ON a.n = c.n");
        });

        assertThat(plan).contains("added").contains("table=[[kafka, main, c]]");
    }

    @Test
    void failsAsItDoesAlone() {
        metastore.addCatalog("lost", "main", table -> Map.of("connector", "datagen"));
        sql.executeSql("CREATE TABLE lost.main.t (n INT)");
        metastore.takeDown("lost");

        for (String statement : List.of(
                "SELECT * FROM kafka.main.nothing",
                "SELECT * FROM kafka.nowhere.a",
                "SELECT * FROM nobody.main.a",
                "SELECT * FROM lost.main.t",
                "INSERT INTO kafka.main.nothing SELECT * FROM kafka.main.a")) {
            Throwable alone = catchThrowable(() -> sql.explainSql(statement));
            Throwable together = catchThrowable(() -> plan(statement));

            assertThat(messages(together)).as(statement).isNotEmpty().isEqualTo(messages(alone));
        }
        assertThatThrownBy(() -> plan("SELECT * FROM lost.main.t")).hasStackTraceContaining("does not answer");
    }

    @Test
    void asksADownStoreNoSecondTime() {
        metastore.addCatalog("lost", "main", table -> Map.of("connector", "datagen"));
        sql.executeSql("CREATE TABLE lost.main.t (n INT)");
        metastore.takeDown("lost");
        metastore.takeRequests();

        assertThatThrownBy(() -> during("lost.main.t", () -> sql.from("lost.main.t")))
                .hasStackTraceContaining("the store of lost does not answer");

        assertThat(metastore.takeRequests()).doesNotContain("GET catalogs/lost/databases/main/tables/t");
    }

    @Test
    void sharesNothingWithAStatementOfAnotherThread() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            String plan = during("kafka.main.a", () -> {
                sql.explainSql("SELECT * FROM kafka.main.a");
                String theirs = CompletableFuture.supplyAsync(
                                () -> {
                                    TableEnvironment session = session();
                                    session.executeSql("ALTER TABLE kafka.main.a ADD (added INT)");
                                    return during(
                                            "kafka.main.a", () -> session.explainSql("SELECT * FROM kafka.main.a"));
                                },
                                other)
                        .join();
                assertThat(theirs).contains("added");
                return sql.explainSql("SELECT * FROM kafka.main.a");
            });

            assertThat(plan).as("the same statement sees one moment").doesNotContain("added");
            assertThat(plan("SELECT * FROM kafka.main.a")).contains("added");
        } finally {
            other.shutdownNow();
        }
    }

    private static List<String> messages(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable next = failure; next != null; next = next.getCause()) {
            messages.add(next.getClass().getName() + ": " + next.getMessage());
        }
        return messages;
    }
}
