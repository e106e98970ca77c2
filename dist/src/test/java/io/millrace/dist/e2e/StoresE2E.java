package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dist.e2e.Millrace.Answer;
import io.millrace.testkit.TestHiveMetastore;
import io.millrace.testkit.TestPostgres;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Every kind of store: the guides run as they stand, and another engine than Flink reads what came of it.
 * MySQL has a test of its own.
 */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoresE2E {
    private static final String BATCH =
            "SET 'execution.runtime-mode' = 'batch'; SET 'table.dml-sync' = 'true'; SET 'parallelism.default' = '1'; ";

    @TempDir
    private static Path folder;

    private final TestPostgres.Database crm = TestPostgres.createDatabase();
    private final Millrace millrace;
    private final Path home;
    private final Path files;
    private final TestHiveMetastore hive;

    private final ExecutorService asking = Executors.newSingleThreadExecutor();
    private Future<Answer> unanswered;

    StoresE2E(Millrace millrace) throws IOException {
        this.millrace = millrace;
        home = millrace.home();
        files = home.resolve("data/files");
        hive = TestHiveMetastore.start(Files.createDirectories(files.resolve("hive")));
    }

    /** Flink gives a cluster a minute to answer; the other tests show that nothing waits for it. */
    @BeforeAll
    void askAClusterThatIsDown() throws Exception {
        connect("{name: down, kind: kafka, fields: {bootstrapServers: ['127.0.0.1:1']}}");
        sql("CREATE TABLE kafka.down.visits (url STRING) WITH ('topic' = 'web.visits')");
        unanswered =
                asking.submit(() -> millrace.run("sql", "--max-time", "120s", "-e", "SELECT * FROM kafka.down.visits"));
    }

    @AfterAll
    void stop() {
        asking.shutdownNow();
        hive.close();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aClusterThatIsDownIsNamed() throws Exception {
        Answer answer = unanswered.get();

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("kafka.down.visits", "web.visits", "It has not answered since");
        assertThat(millrace.run("catalog", "list", "kafka").err()).contains("kafka.down: UNAVAILABLE since");
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
        assertThat(psql(guide.firstSql())).isEmpty();

        String rows = run(guide.sql(1));

        assertThat(rows).isEqualTo("""
                {"name":"Ada"}
                {"name":"Ada","total":15}
                {"name":"Grace","total":20}
                """);
        assertThat(psql("SELECT name, total FROM shop.spent ORDER BY name")).containsExactly("Ada|15", "Grace|20");
        assertThat(psql("SELECT obj_description('shop.spent'::regclass)")).containsExactly("per user");
        sql("ALTER TABLE crm.shop.spent ADD note STRING");
        assertThat(psql("SELECT DISTINCT note IS NULL FROM shop.spent; CREATE TABLE shop.late (id INT)"))
                .containsExactly("t");
        assertThat(millrace.run("catalog", "refresh", "crm.shop").out()).isEqualTo("added: shop.late\n1 unchanged\n");
        keepsTheReadersOfAColumnThatPsqlRenames();
    }

    private void keepsTheReadersOfAColumnThatPsqlRenames() throws Exception {
        String script = "INSERT INTO kafka.main.purchases SELECT total, 1 FROM crm.shop.spent";
        Path file = Files.writeString(folder.resolve("spending.sql"), "---\nname: spending\n---\n" + script + ";\n");
        assertThat(millrace.run("job", "apply", "-f", file.toString()).exit()).isZero();

        assertThat(psql("ALTER TABLE shop.spent RENAME COLUMN total TO euros")).isEmpty();

        assertThat(millrace.run("catalog", "refresh", "crm.shop").out()).contains("changed: shop.spent");
        assertThat(millrace.run("catalog", "history", "crm.shop.spent").out())
                .contains("column `total` renamed to `euros` in the store");
        assertThat(millrace.run("lineage", "impact", "crm.shop.spent", "euros").out())
                .contains("default.spending");
    }

    @Test
    void filesAsTheGuideSays() throws Exception {
        Guide guide = Guide.of("filesystem");
        connect(guide.connection(Map.of("file:///srv/millrace", "file://" + home)));

        String rows = run(guide.sql(0));

        assertThat(rows).isEqualTo("{\"url\":\"/cart\"}\n{\"name\":\"Ada\",\"url\":\"/\"}\n");
        assertThat(millrace.run("catalog", "drop", "archive.web.visits").exit()).isZero();
        assertThat(millrace.run("catalog", "restore", "archive.web.visits").exit())
                .isZero();
        assertThat(sql("SELECT url, p_date FROM archive.web.visits ORDER BY url"))
                .isEqualTo(
                        "{\"url\":\"/\",\"p_date\":\"2026-01-01\"}\n{\"url\":\"/paid\",\"p_date\":\"2026-01-02\"}\n");
        Schema schema = new Schema(
                Types.NestedField.optional(1, "user_id", Types.LongType.get()),
                Types.NestedField.optional(2, "url", Types.StringType.get()));
        assertThat(parquet(files.resolve("archive/web"), schema))
                .containsExactlyInAnyOrder("Record(1, /)", "Record(2, /paid)");
        assertThat(millrace.run("catalog", "drop", "archive.web.visits").exit()).isZero();
        assertThat(millrace.run("catalog", "purge", "archive.web.visits", "--dry-run")
                        .out())
                .contains("would be removed for good", "web/visits-", "p_date=2026-01-02/");
        assertThat(parquet(files.resolve("archive/web"), schema)).hasSize(2);
        assertThat(millrace.run("catalog", "purge", "archive.web.visits", "--yes")
                        .exit())
                .isZero();
        assertThat(files.resolve("archive/web")).isEmptyDirectory();
    }

    @Test
    void icebergAsTheGuideSays() throws Exception {
        Guide guide = Guide.of("iceberg");
        connect(guide.connection(Map.of("file:///srv/millrace", "file://" + home)));

        String rows = run(guide.sql(0));

        assertThat(rows.lines())
                .containsExactlyInAnyOrder(
                        "{\"city\":\"Berlin\",\"total\":\"10.50\"}",
                        "{\"city\":\"Lima\",\"total\":\"4.00\"}",
                        "{\"city\":\"Berlin\",\"country\":\"DE\",\"total\":\"10.50\"}",
                        "{\"city\":\"Lima\",\"country\":\"PE\",\"total\":\"4.00\"}",
                        "{\"id\":1,\"city\":\"Berlin\",\"amount\":\"10.50\",\"sold\":\"2026-01-01 10:00:00.000000\","
                                + "\"day\":\"2026-01-01\"}",
                        "{\"id\":2,\"city\":\"Lima\",\"amount\":\"4.00\",\"sold\":\"2026-01-01 10:01:30.000000\","
                                + "\"day\":\"2026-01-01\"}");
        try (var catalog = new HadoopCatalog(
                new Configuration(false), files.resolve("lake").toUri().toString())) {
            assertThat(records(catalog, "shop", "orders"))
                    .containsExactlyInAnyOrder(
                            "Record(1, Berlin, 10.50, 2026-01-01T10:00, 2026-01-01)",
                            "Record(2, Lima, 4.00, 2026-01-01T10:01:30, 2026-01-01)");
        }
    }

    @Test
    void hiveAsTheGuideSays() throws Exception {
        Guide guide = Guide.of("hive");
        connect(guide.connection(Map.of(
                "metastore.example.com:9083",
                hive.address(),
                "hdfs://namenode.example.com:8020/warehouse",
                hive.warehouse().toUri().toString())));

        String rows = run(guide.sql(0));
        sql("ALTER TABLE hive.shop.orders ADD note STRING");

        assertThat(rows.lines())
                .containsExactlyInAnyOrder(
                        "{\"city\":\"Berlin\",\"amount\":\"10.50\"}",
                        "{\"city\":\"Berlin\",\"country\":\"DE\",\"amount\":\"10.50\"}",
                        "{\"city\":\"Lima\",\"country\":\"PE\",\"amount\":\"4.00\"}");
        Table table = new HiveClient(hive.port()).table("shop", "orders");
        assertThat(table.getSd().getCols())
                .extracting(column -> column.getName() + " " + column.getType())
                .containsExactly("id bigint", "city string", "amount decimal(10,2)", "note string");
        assertThat(table.getPartitionKeys()).extracting(FieldSchema::getName).containsExactly("dt");
        Schema schema = new Schema(
                Types.NestedField.optional(1, "id", Types.LongType.get()),
                Types.NestedField.optional(2, "city", Types.StringType.get()),
                Types.NestedField.optional(3, "amount", Types.DecimalType.of(10, 2)));
        assertThat(parquet(Path.of(URI.create(table.getSd().getLocation())), schema))
                .containsExactlyInAnyOrder("Record(1, Berlin, 10.50)", "Record(2, Lima, 4.00)");
    }

    /** Tables of others, over files that are there. */
    @Test
    void orcAndTextOfAHiveMetastore() throws Exception {
        connect("""
                name: hive_files
                kind: hive
                fields: {metastore: ["%s"], root: "%s"}
                """.formatted(hive.address(), hive.warehouse().toUri()));
        sql("CREATE DATABASE hive_files.theirs");
        Path orc = hive.warehouse().resolve("theirs-orc");
        Path text = Files.createDirectory(hive.warehouse().resolve("theirs-text"));
        Files.writeString(text.resolve("000000_0"), "1|Berlin|10.50\n2|\\N|4.00\n");
        var theirs = new HiveClient(hive.port());
        List<FieldSchema> columns = List.of(
                new FieldSchema("id", "bigint", null),
                new FieldSchema("city", "string", null),
                new FieldSchema("amount", "decimal(10,2)", null));
        theirs.create("theirs", "written", orc, columns, HiveClient.Files.ORC, Map.of());
        sql("INSERT INTO hive_files.theirs.written VALUES (1, 'Berlin', 10.50), (2, CAST(NULL AS STRING), 4.00)");
        theirs.create("theirs", "in_orc", orc, columns, HiveClient.Files.ORC, Map.of());
        theirs.create("theirs", "in_text", text, columns, HiveClient.Files.TEXT, Map.of("field.delim", "|"));

        String rows = sql("SELECT 'orc' AS stored, o.* FROM hive_files.theirs.in_orc o"
                + " UNION ALL SELECT 'text' AS stored, t.* FROM hive_files.theirs.in_text t ORDER BY stored, id");

        assertThat(rows).isEqualTo("""
                {"stored":"orc","id":1,"city":"Berlin","amount":"10.50"}
                {"stored":"orc","id":2,"city":null,"amount":"4.00"}
                {"stored":"text","id":1,"city":"Berlin","amount":"10.50"}
                {"stored":"text","id":2,"city":null,"amount":"4.00"}
                """);
        try (Stream<Path> written = Files.list(orc)) {
            assertThat(written.filter(each -> !each.getFileName().toString().startsWith(".")))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(Files.readAllBytes(each)).startsWith("ORC".getBytes(US_ASCII)));
        }
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

    /** By Iceberg's own reader. */
    static List<String> records(Catalog catalog, String database, String table) throws IOException {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(
                        catalog.loadTable(TableIdentifier.of(database, table)))
                .build()) {
            return strings(rows);
        }
    }

    /** All Parquet files below a folder, by a reader that is not Flink's. */
    private static List<String> parquet(Path below, Schema schema) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(below)) {
            for (Path file : found.filter(Files::isRegularFile)
                    .filter(each -> !each.getFileName().toString().matches("[._].*"))
                    .toList()) {
                try (CloseableIterable<Record> rows = Parquet.read(org.apache.iceberg.Files.localInput(file.toFile()))
                        .project(schema)
                        .withNameMapping(MappingUtil.create(schema))
                        .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                        .build()) {
                    all.addAll(strings(rows));
                }
            }
        }
        return all;
    }

    private static List<String> strings(CloseableIterable<Record> rows) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.toString()));
        return texts;
    }

    /** By PostgreSQL's own client, Debian's newest: the rows as it prints them. */
    private List<String> psql(String statements) throws Exception {
        return Program.run(
                        Map.of("PGPASSWORD", crm.password()),
                        List.of(
                                "psql",
                                "--no-psqlrc",
                                "--quiet",
                                "--no-align",
                                "--tuples-only",
                                "--host=127.0.0.1",
                                "--port=" + crm.port(),
                                "--username=" + crm.username(),
                                "--dbname=" + crm.name(),
                                "--command=" + statements))
                .lines()
                .toList();
    }
}
