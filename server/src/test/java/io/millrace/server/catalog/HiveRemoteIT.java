package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;
import io.millrace.testkit.TestHiveMetastore;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.thrift.TException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A real Hive metastore. Every table is also looked at through the metastore's own client. */
class HiveRemoteIT {
    private static final CatalogName NAME = new CatalogName("hive");
    private static final DatabasePath SHOP = DatabasePath.of("hive", "shop");
    private static final TablePath ORDERS = SHOP.table(new TableName("orders"));
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_SERDE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

    /** Hive's types and what Flink sees. */
    private static final List<List<String>> TYPES = List.of(
            List.of("boolean", "BOOLEAN"),
            List.of("tinyint", "TINYINT"),
            List.of("smallint", "SMALLINT"),
            List.of("int", "INT"),
            List.of("float", "FLOAT"),
            List.of("double", "DOUBLE"),
            List.of("decimal(12,3)", "DECIMAL(12, 3)"),
            List.of("string", "VARCHAR(2147483647)"),
            List.of("varchar(20)", "VARCHAR(20)"),
            List.of("char(3)", "CHAR(3)"),
            List.of("binary", "VARBINARY(2147483647)"),
            List.of("date", "DATE"),
            List.of("timestamp", "TIMESTAMP(9)"),
            List.of("array<string>", "ARRAY<VARCHAR(2147483647)>"),
            List.of("map<string,decimal(10,2)>", "MAP<VARCHAR(2147483647), DECIMAL(10, 2)>"),
            List.of(
                    "struct<street:string,geo:struct<lat:double,lon:double>>",
                    "ROW<`street` VARCHAR(2147483647), `geo` ROW<`lat` DOUBLE, `lon` DOUBLE>>"));

    private static final List<String> BEYOND =
            List.of("decimal(99,3)", "decimal(3,5)", "char", "varchar", "char(0)", "varchar(0)", "array<decimal(39)>");

    @TempDir
    static Path folder;

    private static TestHiveMetastore metastore;

    private HiveStore own;
    private HiveRemote remote;

    @BeforeAll
    static void start() {
        metastore = TestHiveMetastore.start(folder);
    }

    @AfterAll
    static void stop() {
        metastore.close();
    }

    @BeforeEach
    void open() {
        own = new HiveStore(NAME, List.of(HiveStore.Address.of(metastore.address())), Reach.ANYWHERE);
        remote = new HiveRemote(NAME, own, new TableFolder(root()));
        remote.createDatabase(SHOP, "All of the shop");
    }

    @AfterEach
    void close() {
        remote.dropDatabase(SHOP, true);
    }

    private static String root() {
        return metastore.warehouse().toUri().toString();
    }

    private Table theirs(String name) throws TException {
        return own.call(client -> client.get_table("shop", name));
    }

    private Table parquet(String name, FieldSchema... columns) {
        SerDeInfo serde = new SerDeInfo(null, HiveFormat.PARQUET_SERDE, new HashMap<>());
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(List.of(columns));
        storage.setLocation(root() + "there/" + name);
        storage.setInputFormat(HiveFormat.PARQUET_INPUT);
        storage.setOutputFormat(HiveFormat.PARQUET_OUTPUT);
        storage.setSerdeInfo(serde);
        storage.setBucketCols(List.of());
        storage.setSortCols(List.of());
        storage.setParameters(new HashMap<>());
        Table table = new Table();
        table.setDbName("shop");
        table.setTableName(name);
        table.setTableType("EXTERNAL_TABLE");
        table.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE")));
        table.setPartitionKeys(new ArrayList<>());
        table.setSd(storage);
        return table;
    }

    private Table text(String name, Map<String, String> serde, FieldSchema... columns) {
        Table table = parquet(name, columns);
        table.getSd().setInputFormat(TEXT_INPUT);
        table.getSd().setOutputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
        table.getSd().setSerdeInfo(new SerDeInfo(null, TEXT_SERDE, new HashMap<>(serde)));
        return table;
    }

    private void make(Table table) throws TException {
        own.call(client -> {
            client.create_table(table);
            return table;
        });
    }

    private Optional<RemoteStore.RemoteTable> find(String name) {
        return remote.find(SHOP.table(new TableName(name)));
    }

    private Map<String, String> options(String name) {
        TableSpec spec = find(name).orElseThrow().spec();
        TablePath path = SHOP.table(new TableName(name));
        return remote.platformOptions(io.millrace.core.catalog.Table.fetched(new TableId("x"), path, spec, "key"));
    }

    private static FieldSchema field(String name, String type) {
        return new FieldSchema(name, type, null);
    }

    @Test
    void readsEveryTypeThatFlinkHas() throws TException {
        List<FieldSchema> columns = new ArrayList<>();
        TYPES.forEach(type -> columns.add(field("c" + columns.size(), type.get(0))));
        columns.get(0).setComment("The first");
        Table table = parquet("all_types", columns.toArray(FieldSchema[]::new));
        table.setPartitionKeys(List.of(new FieldSchema("dt", "string", "The day")));
        table.putToParameters("comment", "Everything");
        make(table);

        TableSpec found = find("all_types").orElseThrow().spec();

        List<String> expected = new ArrayList<>();
        TYPES.forEach(type -> expected.add("c" + expected.size() + " " + type.get(1)));
        expected.add("dt VARCHAR(2147483647)");
        assertThat(found.columns())
                .extracting(column -> column.name() + " " + column.type().orElseThrow())
                .containsExactlyElementsOf(expected);
        assertThat(found.partitionKeys()).containsExactly("dt");
        assertThat(found.comment()).contains("Everything");
        assertThat(found.columns().get(0).comment()).contains("The first");
        assertThat(options("all_types"))
                .containsEntry("format", "parquet")
                .containsEntry("partition.default-name", "__HIVE_DEFAULT_PARTITION__")
                .hasEntrySatisfying("path", path -> assertThat(path).endsWith("/there/all_types"));
    }

    @Test
    void readsDelimitedTextWithTheSignsOfItsSerde() throws TException {
        make(text("lines", Map.of("field.delim", "|", "serialization.null.format", "-"), field("id", "int")));
        make(text("plain", Map.of("serialization.format", "1"), field("id", "int")));
        Table quoted = text("quoted", Map.of("separatorChar", ";"), field("id", "int"));
        quoted.getSd().getSerdeInfo().setSerializationLib("org.apache.hadoop.hive.serde2.OpenCSVSerde");
        make(quoted);

        assertThat(options("lines"))
                .containsEntry("format", "csv")
                .containsEntry("csv.field-delimiter", "|")
                .containsEntry("csv.null-literal", "-")
                .containsEntry("csv.disable-quote-character", "true");
        assertThat(options("plain")).containsEntry("csv.field-delimiter", "\u0001");
        assertThat(options("quoted"))
                .containsEntry("csv.field-delimiter", ";")
                .containsEntry("csv.quote-character", "\"");
        assertThat(find("quoted").orElseThrow().spec().columns().get(0).type()).contains("VARCHAR(2147483647)");
    }

    @Test
    void refusesWhatFlinkCannotReadAndSaysWhy() throws TException {
        Table json = text("as_json", Map.of(), field("id", "int"));
        json.getSd().getSerdeInfo().setSerializationLib("org.apache.hive.hcatalog.data.JsonSerDe");
        make(json);
        Table headed = text("headed", Map.of(), field("id", "int"));
        headed.putToParameters("skip.header.line.count", "1");
        make(headed);
        make(parquet("odd", field("id", "int"), field("what", "uniontype<int,string>")));
        Table iceberg = parquet("berg", field("id", "int"));
        iceberg.putToParameters("table_type", "ICEBERG");
        make(iceberg);

        assertRefused(() -> find("as_json"), ErrorCode.TABLE_INVALID, "JsonSerDe");
        assertRefused(() -> find("headed"), ErrorCode.TABLE_INVALID, "header");
        assertRefused(() -> find("odd"), ErrorCode.TYPE_UNSUPPORTED, "Column 'what'", "uniontype<int,string>");
        assertRefused(() -> find("berg"), ErrorCode.TABLE_INVALID, "kind iceberg");
        assertThat(remote.heads(SHOP))
                .extracting(head -> head.name().value())
                .containsExactly("as_json", "berg", "headed", "odd");
        List<RemoteStore.Scanned> scanned = new ArrayList<>();
        remote.scan(SHOP, Set.of(new TableName("as_json"), new TableName("odd")), scanned::add);
        assertThat(scanned)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.flaw()).isPresent());
        make(parquet("fine", field("what", "decimal(38,38)"), field("letter", "char(1)")));
        for (String type : BEYOND) {
            String name = "odd_" + BEYOND.indexOf(type);
            make(parquet(name, field("id", "int"), field("what", type)));
            assertRefused(() -> find(name), ErrorCode.TYPE_UNSUPPORTED, "Column 'what'", type + ",", "Copy it in Hive");
        }
        assertThat(find("fine")).isPresent();
    }

    @Test
    void neverLeadsToFilesOutsideTheConnectionsFolder() throws TException {
        int number = 0;
        for (String location : List.of(
                "file:///etc", root() + "../elsewhere", root() + "%2e%2e/elsewhere", "hdfs://other:8020/warehouse")) {
            Table table = parquet("outside" + number, field("id", "int"));
            table.getSd().setLocation(location);
            TableFolder locations = new TableFolder(root());

            assertThatThrownBy(() -> HiveTables.spec(ORDERS, table, locations))
                    .as(location)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("outside the connection's folder")
                    .hasMessageNotContaining(location);
            number++;
        }
        Table passwords = parquet("passwords", field("line", "string"));
        passwords.getSd().setLocation("file:///etc");
        make(passwords);
        assertRefused(() -> find("passwords"), ErrorCode.TABLE_INVALID, "outside the connection's folder");
    }

    @Test
    void createsWhatTheMetastoresOwnClientReads() throws TException {
        TableSpec spec = new TableSpec(
                List.of(
                        Column.physical("id", "BIGINT NOT NULL").commented(Optional.of("Counts up")),
                        Column.physical("dt", "VARCHAR(2147483647)"),
                        Column.physical("lines", "ARRAY<ROW<`sku` VARCHAR(20), `n` INT>>"),
                        Column.physical("at", "TIMESTAMP(3)")),
                Optional.empty(),
                List.of(),
                List.of("dt"),
                Map.of(),
                Optional.of("All orders"),
                Optional.empty());

        RemoteStore.RemoteTable created = remote.create(ORDERS, spec);

        Table there = theirs("orders");
        assertThat(there.getTableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(there.getParameters()).containsEntry("EXTERNAL", "TRUE").containsEntry("comment", "All orders");
        assertThat(there.getSd().getCols())
                .extracting(field -> field.getName() + " " + field.getType() + " " + field.getComment())
                .containsExactly(
                        "id bigint Counts up", "lines array<struct<sku:varchar(20),n:int>> null", "at timestamp null");
        assertThat(there.getPartitionKeys()).extracting(FieldSchema::getName).containsExactly("dt");
        assertThat(there.getSd().getSerdeInfo().getSerializationLib()).isEqualTo(HiveFormat.PARQUET_SERDE);
        assertThat(there.getSd().getLocation()).contains("/shop.db/orders-");
        assertThat(created.spec().columns()).extracting(Column::name).containsExactly("id", "lines", "at", "dt");
        assertThat(find("orders")).contains(created);
        assertRefused(() -> remote.create(ORDERS, spec), ErrorCode.TABLE_EXISTS, "already");
    }

    @Test
    void refusesTypesAndNamesThatHiveHasNot() {
        assertRefused(
                () -> remote.create(ORDERS, spec(Column.physical("at", "TIMESTAMP(3) WITH LOCAL TIME ZONE"))),
                ErrorCode.TYPE_UNSUPPORTED,
                "Column 'at'");
        assertRefused(() -> remote.create(ORDERS, spec(Column.physical("Id", "INT"))), ErrorCode.TABLE_INVALID, "'Id'");
        assertRefused(
                () -> remote.create(SHOP.table(new TableName("Orders")), spec(Column.physical("id", "INT"))),
                ErrorCode.TABLE_INVALID,
                "lower-case");
    }

    @Test
    void addsColumnsRenamesAndComments() throws TException {
        RemoteStore.RemoteTable orders = remote.create(ORDERS, spec(Column.physical("id", "BIGINT")));
        TableSpec next = new TableSpec(
                List.of(
                        Column.physical("id", "BIGINT").commented(Optional.of("Counts up")),
                        Column.physical("more", "DATE")),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of("Sold"),
                Optional.empty());

        RemoteStore.RemoteTable sales = remote.alter(orders, new TableName("sales"), next);

        assertThat(theirs("sales").getSd().getCols())
                .extracting(field -> field.getName() + " " + field.getType() + " " + field.getComment())
                .containsExactly("id bigint Counts up", "more date null");
        assertThat(theirs("sales").getSd().getLocation()).contains("/orders-");
        assertThat(sales.spec().comment()).contains("Sold");
        assertThat(find("orders")).isEmpty();
        assertRefused(
                () -> remote.alter(sales, new TableName("sales"), spec(Column.physical("id", "INT"))),
                ErrorCode.CATALOG_UNSUPPORTED,
                "column 'id'");
        assertRefused(() -> remote.alter(orders, new TableName("orders"), next), ErrorCode.TABLE_NOT_FOUND, "no table");
    }

    @Test
    void stampsATableAnewWhenSomebodyChangesIt() throws TException {
        remote.create(ORDERS, spec(Column.physical("id", "BIGINT")));
        RemoteStore.Head before = remote.heads(SHOP).get(0);
        Table there = theirs("orders");
        there.getSd().getCols().add(field("theirs", "int"));
        own.call(client -> {
            client.alter_table("shop", "orders", there);
            return there;
        });

        RemoteStore.Head after = remote.heads(SHOP).get(0);

        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.stamp()).isNotEqualTo(before.stamp());
    }

    @Test
    void makesAndDropsDatabases() {
        DatabasePath fresh = DatabasePath.of("hive", "fresh");
        remote.createDatabase(fresh, "New");
        remote.create(fresh.table(new TableName("t")), spec(Column.physical("id", "BIGINT")));

        assertThat(remote.databases())
                .extracting(each -> each.name() + ": " + each.comment())
                .contains("fresh: New", "shop: All of the shop");
        assertRefused(() -> remote.createDatabase(fresh, ""), ErrorCode.DATABASE_EXISTS, "already");
        assertRefused(() -> remote.dropDatabase(fresh, false), ErrorCode.DATABASE_NOT_EMPTY, "has tables");
        remote.dropDatabase(fresh, true);
        assertRefused(() -> remote.heads(fresh), ErrorCode.DATABASE_NOT_FOUND, "no database");
        assertRefused(() -> remote.dropDatabase(fresh, true), ErrorCode.DATABASE_NOT_FOUND, "no database");
    }

    @Test
    void triesTheNextAddressAndSaysWhenNoneAnswers() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        var away = new HiveStore.Address("127.0.0.1", closed);
        var here = HiveStore.Address.of(metastore.address());

        assertThat(new HiveStore(NAME, List.of(away, here), Reach.ANYWHERE)
                        .<List<String>>call(client -> client.get_all_databases()))
                .contains("shop");
        assertRefused(
                () -> new HiveStore(NAME, List.of(away), Reach.ANYWHERE).call(client -> client.get_all_databases()),
                ErrorCode.STORE_UNAVAILABLE,
                "The Hive metastore of catalog 'hive' does not answer.");
    }

    private static TableSpec spec(Column... columns) {
        return TableSpec.of(List.of(columns), Map.of());
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(MillraceException.class)
                .hasMessageContainingAll(parts)
                .extracting(thrown -> ((MillraceException) thrown).code())
                .isEqualTo(code);
    }
}
