package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.catalog.Alteration;
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
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogs whose tables users register, on the model of the metastore. */
class RegisteredCatalogTest extends CatalogContract {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-05-04T12:00:00Z"), ZoneOffset.UTC);
    private static final DatabasePath LOCAL = DatabasePath.of("kafka", "main");
    private static final List<Column> COLUMNS = List.of(Column.physical("id", "BIGINT NOT NULL"));

    private final InMemoryMetastore metastore = new InMemoryMetastore();
    private final RegisteredCatalog warehouse = new RegisteredCatalog(
            new CatalogName("warehouse"),
            new WarehouseStore("file:///data/warehouse/"),
            ConnectorFiles.read("filesystem"),
            metastore,
            NOON);
    private final RegisteredCatalog kafka = new RegisteredCatalog(
            new CatalogName("kafka"),
            new KafkaStore(List.of(KafkaCluster.main("10.1.1.1:9092", NOON))),
            ConnectorFiles.read("kafka", "upsert-kafka"),
            metastore,
            NOON);

    @BeforeEach
    void prepare() {
        warehouse.prepare();
        kafka.prepare();
        kafka.prepare();
    }

    @Override
    protected Catalog catalog() {
        return warehouse;
    }

    @Test
    void hasTheDatabasesThatAreAlwaysThere() {
        assertThat(warehouse.databases()).extracting(Database::name).containsExactly(new DatabaseName("default"));
        assertThat(kafka.databases()).extracting(Database::name).containsExactly(new DatabaseName("main"));

        assertFails(ErrorCode.CATALOG_UNSUPPORTED, () -> warehouse.dropDatabase(new DatabaseName("default"), true, US));
        assertFails(ErrorCode.CATALOG_UNSUPPORTED, () -> kafka.createDatabase(new DatabaseName("region1"), ""));
    }

    @Test
    void asksAtEachUseWhetherItsFolderMayBeReached() {
        var archive = new RegisteredCatalog(
                new CatalogName("archive"),
                new WarehouseStore(
                        "file:///archive",
                        () -> {
                            throw new MillraceException(ErrorCode.EGRESS_DENIED, "not allowed");
                        },
                        Optional.empty()),
                ConnectorFiles.read("filesystem"),
                metastore,
                NOON);
        archive.prepare();
        Table table = archive.create(TablePath.of("archive", "default", "t"), TableSpec.of(COLUMNS, Map.of()), US);

        assertFails(ErrorCode.EGRESS_DENIED, () -> archive.resolve(table.ref()));
    }

    @Test
    void completesATopicForTheKafkaConnector() {
        Table clicks = kafka.create(path("clicks"), TableSpec.of(COLUMNS, Map.of("topic", "web.clicks")), US);

        assertThat(kafka.resolve(clicks.ref()).orElseThrow())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "connector", "kafka",
                        "topic", "web.clicks",
                        "properties.bootstrap.servers", "10.1.1.1:9092",
                        "properties.isolation.level", "read_committed",
                        "format", "json",
                        "scan.startup.mode", "earliest-offset",
                        "sink.delivery-guarantee", "at-least-once"));
    }

    @Test
    void keepsTransactionsShorterThanBrokersAllow() {
        Table exact = kafka.create(
                path("exact"),
                TableSpec.of(
                        COLUMNS,
                        Map.of(
                                "topic", "t",
                                "sink.delivery-guarantee", "exactly-once",
                                "sink.transactional-id-prefix", "orders")),
                US);

        assertThat(Long.parseLong(kafka.resolve(exact.ref()).orElseThrow().get("properties.transaction.timeout.ms")))
                .isLessThan(15 * 60 * 1000);
        assertRefused(
                Map.of("topic", "t", "sink.delivery-guarantee", "exactly-once"),
                "/options/sink.transactional-id-prefix");
    }

    @Test
    void keepsTheNewestRowOfEachKeyWhenAskedTo() {
        var keyed = new TableSpec(
                COLUMNS,
                Optional.of(new PrimaryKey("PK_id", List.of("id"))),
                List.of(),
                List.of(),
                Map.of("topic", "t", "connector", "upsert-kafka"),
                Optional.empty(),
                Optional.empty());

        Table table = kafka.create(path("latest"), keyed, US);

        assertThat(kafka.resolve(table.ref()).orElseThrow())
                .containsEntry("connector", "upsert-kafka")
                .containsEntry("key.format", "json")
                .containsEntry("value.format", "json")
                .doesNotContainKey("format");

        var withoutConnector = new TableSpec(
                COLUMNS,
                keyed.primaryKey(),
                List.of(),
                List.of(),
                Map.of("topic", "u"),
                Optional.empty(),
                Optional.empty());
        Table altered = kafka.alter(table, Alteration.of(table.path().table(), withoutConnector), US);
        assertThat(kafka.resolve(altered.ref()).orElseThrow())
                .containsEntry("connector", "upsert-kafka")
                .containsEntry("topic", "u");
    }

    @Test
    void takesTheOptionsOfTheChosenFormat() {
        var csv = Map.of("topic", "t", "format", "csv", "csv.field-delimiter", "\t", "csv.null-literal", "");
        Table table = kafka.create(path("csv"), TableSpec.of(COLUMNS, csv), US);

        assertThat(kafka.resolve(table.ref()).orElseThrow()).containsAllEntriesOf(csv);
        assertRefused(Map.of("topic", "t", "csv.field-delimiter", ";"), "/options/csv.field-delimiter");
        var keys =
                Map.of("topic", "t", "key.format", "json", "key.fields", "id", "key.json.ignore-parse-errors", "true");
        assertThat(kafka.create(path("keyed"), TableSpec.of(COLUMNS, keys), US).version())
                .isEqualTo(1);
        assertRefused(Map.of("topic", "t", "key.format", "json"), "/options/key.fields");
    }

    @Test
    void namesEveryWrongOptionAndItsRemedy() {
        Assertions.assertThatThrownBy(() -> kafka.create(
                        path("wrong"),
                        TableSpec.of(
                                COLUMNS,
                                Map.of(
                                        "topik", "t",
                                        "json.ignore-parse-error", "true",
                                        "properties.sasl.jaas.config", "x",
                                        "properties.bootstrap.servers", "evil:9092")),
                        US))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.flaws())
                                .extracting(Flaw::pointer, flaw -> flaw.hint().orElse(""))
                                .contains(
                                        tuple("/options/topik", "Did you mean 'topic'?"),
                                        tuple(
                                                "/options/json.ignore-parse-error",
                                                "Did you mean 'json.ignore-parse-errors'?"),
                                        tuple("/options/properties.bootstrap.servers", "Leave it out."),
                                        tuple(
                                                "/options/properties.sasl.jaas.config",
                                                "Leave it out; the documentation of the catalog lists what there is.")));
    }

    @Test
    void givesEachWarehouseTableAFolderForGood() {
        warehouse.createDatabase(new DatabaseName("sales"), "");
        Table orders = warehouse.create(orders(), TableSpec.of(COLUMNS, Map.of()), US);
        Table renamed = warehouse.alter(orders, Alteration.of(new TableName("purchases"), orders.spec()), US);
        Table another = warehouse.create(orders(), TableSpec.of(COLUMNS, Map.of()), US);

        String folder = warehouse.resolve(renamed.ref()).orElseThrow().get("path");
        assertThat(folder).matches("file:///data/warehouse/sales/orders-[0-9a-f]{8}");
        assertThat(warehouse.resolve(another.ref()).orElseThrow().get("path"))
                .matches("file:///data/warehouse/sales/orders-[0-9a-f]{8}")
                .isNotEqualTo(folder);
        assertThat(warehouse.resolve(renamed.ref()).orElseThrow())
                .containsEntry("connector", "filesystem")
                .containsEntry("format", "parquet")
                .containsEntry("parquet.utc-timezone", "true");
    }

    @Test
    void takesOnlyNamesThatCanBeFolders() {
        for (String name : List.of("a/b", "a\\b", "a b", "-rf", "%2e%2e", "a:b", "a.b")) {
            assertFails(ErrorCode.TABLE_INVALID, () -> warehouse.createDatabase(new DatabaseName(name), ""));
            assertFails(
                    ErrorCode.TABLE_INVALID,
                    () -> warehouse.create(
                            TablePath.of("warehouse", "default", name), TableSpec.of(COLUMNS, Map.of()), US));
        }
        assertThat(warehouse.create(TablePath.of("warehouse", "default", "订单_1"), TableSpec.of(COLUMNS, Map.of()), US))
                .isNotNull();
    }

    @Test
    void keepsWatermarksAndPartitions() {
        warehouse.createDatabase(new DatabaseName("sales"), "");
        var timed = timed(new Watermark("at", "`at` - INTERVAL '5' SECOND"));

        assertThat(warehouse.create(orders(), timed, US).spec()).isEqualTo(timed);
        assertFails(
                ErrorCode.TABLE_INVALID,
                () -> kafka.create(
                        path("partitioned"),
                        new TableSpec(
                                List.of(Column.physical("a", "INT"), Column.physical("b", "INT")),
                                Optional.empty(),
                                List.of(),
                                List.of("a"),
                                Map.of("topic", "t"),
                                Optional.empty(),
                                Optional.empty()),
                        US));
    }

    @Test
    void keepsViewsButResolvesNone() {
        var query = new TableSpec(
                COLUMNS,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new ViewQuery("SELECT 1", "SELECT 1")));
        Table view = kafka.create(path("one"), query, US);

        assertThat(kafka.tables(LOCAL)).containsExactly(new ListedTable(new TableName("one"), true, ""));
        assertThat(kafka.resolve(view.ref())).isEmpty();
        assertFails(
                ErrorCode.CATALOG_UNSUPPORTED,
                () -> kafka.alter(
                        view, Alteration.of(view.path().table(), TableSpec.of(COLUMNS, Map.of("topic", "t"))), US));
    }

    @Test
    void resolvesOnlyItsOwnTables() {
        Table clicks = kafka.create(path("clicks"), TableSpec.of(COLUMNS, Map.of("topic", "t")), US);

        assertThat(warehouse.resolve(clicks.ref())).isEmpty();
    }

    private void assertRefused(Map<String, String> options, String pointer) {
        Assertions.assertThatThrownBy(() -> kafka.create(path("refused"), TableSpec.of(COLUMNS, options), US))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID);
                    assertThat(e.flaws()).extracting(Flaw::pointer).containsExactly(pointer);
                });
    }

    private static TablePath path(String table) {
        return LOCAL.table(new TableName(table));
    }
}
