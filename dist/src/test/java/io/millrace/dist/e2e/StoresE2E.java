package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dist.e2e.Millrace.Answer;
import io.millrace.testkit.TestPostgres;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Stores on one stack: the guides run as they stand, and the store's own client reads what came of it. MySQL has a test of
 * its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoresE2E {
    private static final String BATCH =
            "SET 'execution.runtime-mode' = 'batch'; SET 'table.dml-sync' = 'true'; SET 'parallelism.default' = '1'; ";

    @TempDir
    private static Path folder;

    private final TestPostgres.Database crm = TestPostgres.createDatabase();
    private Path home;
    private Millrace millrace;

    @BeforeAll
    void up() throws Exception {
        home = folder.resolve("home");
        millrace = new Millrace(home);
        start();
    }

    @AfterAll
    void down() throws Exception {
        try (var stopping = millrace) {
            assertThat(stopping.run("down").exit()).isZero();
        }
    }

    @Test
    void kafkaAsTheGuideSays() throws Exception {
        Guide guide = Guide.of("kafka");
        connect(guide.connection(Map.of("kafka-1.example.org:9092", broker())));

        String rows = run(guide.sql(0));

        assertThat(rows.lines())
                .containsExactlyInAnyOrder(
                        "{\"url\":\"/\",\"clicks\":2}",
                        "{\"url\":\"/cart\",\"clicks\":1}",
                        "{\"name\":\"Ada\",\"clicks\":2}",
                        "{\"name\":\"Grace\",\"clicks\":1}",
                        "{\"user_id\":1,\"clicks\":2}",
                        "{\"user_id\":2,\"clicks\":1}");
        assertThat(messages("web.clicks"))
                .contains("{\"user_id\":1,\"url\":\"/\"}", "{\"user_id\":1,\"url\":\"/cart\"}");
    }

    @Test
    void postgresAsTheGuideSays() throws Exception {
        Guide guide = Guide.of("postgres");
        connect(
                guide.connection(Map.of(
                        "db.example.org",
                        "127.0.0.1",
                        "5432",
                        String.valueOf(crm.port()),
                        "database: crm",
                        "database: " + crm.name(),
                        "username: millrace",
                        "username: " + crm.username())),
                "--secret-file",
                "password=" + Files.writeString(folder.resolve("crm.password"), crm.password()));
        assertThat(postgres(guide.firstSql())).isEmpty();

        String rows = run(guide.sql(1));

        assertThat(rows).isEqualTo("""
                {"name":"Ada"}
                {"name":"Ada","total":15}
                {"name":"Grace","total":20}
                """);
        assertThat(postgres("SELECT name || ' ' || total FROM shop.spent ORDER BY name"))
                .containsExactly("Ada 15", "Grace 20");
        assertThat(postgres("SELECT obj_description('shop.spent'::regclass)")).containsExactly("per user");
        sql("ALTER TABLE crm.shop.spent ADD note STRING");
        assertThat(postgres("SELECT DISTINCT note IS NULL FROM shop.spent")).containsExactly("t");
    }

    private void start() throws Exception {
        Answer up = millrace.run("up");
        assertThat(up.exit()).as(up.err()).isZero();
    }

    private void connect(String connection, String... secrets) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "connection", ".yaml"), connection);
        List<String> create = new ArrayList<>(List.of("catalog", "connections", "create", "-f", file.toString()));
        create.addAll(List.of(secrets));
        Answer made = millrace.run(create.toArray(String[]::new));
        assertThat(made.exit()).as(made.err()).isZero();
    }

    /** Runs a guide's SQL. Queries that would go on for ever end with the second row: no example has more. */
    private String run(String script) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "guide", ".sql"), script);
        Answer answer = millrace.run("sql", "-o", "json", "--max-rows", "2", "-f", file.toString());
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out();
    }

    private String sql(String script) throws Exception {
        Answer answer = millrace.run("sql", "-o", "json", "-e", BATCH + script);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out();
    }

    private String broker() throws IOException {
        var conf = new Properties();
        conf.load(new StringReader(Files.readString(home.resolve("conf/server/application.properties"))));
        return conf.getProperty("millrace.catalog.kafka.bootstrap-servers");
    }

    /** By Kafka's own client. */
    private List<String> messages(String topic) throws IOException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker(),
                "key.deserializer", StringDeserializer.class,
                "value.deserializer", StringDeserializer.class);
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<String, String>(settings)) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long last = consumer.endOffsets(all).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (values.size() < last) {
                consumer.poll(Duration.ofSeconds(1)).forEach(message -> values.add(message.value()));
            }
        }
        return values;
    }

    /** By PostgreSQL's own driver: the first column of each row. */
    private List<String> postgres(String statements) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var connection = crm.dataSource().getConnection();
                var statement = connection.createStatement()) {
            if (statement.execute(statements)) {
                var rows = statement.getResultSet();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        }
        return values;
    }
}
