package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What both kinds of Iceberg catalogs must do. Every table is also looked at through Iceberg's own API. */
abstract class IcebergRemoteContract {
    static final TablePath ORDERS = TablePath.of("lake", "shop", "orders");
    static final DatabasePath SHOP = ORDERS.parent();
    private static final TableIdentifier ORDERS_THERE = TableIdentifier.of("shop", "orders");

    private static final Schema ALL_TYPES = new Schema(
            List.of(
                    Types.NestedField.required(1, "id", Types.LongType.get(), "Counts up"),
                    Types.NestedField.optional(2, "flag", Types.BooleanType.get()),
                    Types.NestedField.optional(3, "small", Types.IntegerType.get()),
                    Types.NestedField.optional(4, "single", Types.FloatType.get()),
                    Types.NestedField.optional(5, "twice", Types.DoubleType.get()),
                    Types.NestedField.optional(6, "price", Types.DecimalType.of(12, 3)),
                    Types.NestedField.optional(7, "day", Types.DateType.get()),
                    Types.NestedField.optional(8, "clock", Types.TimeType.get()),
                    Types.NestedField.optional(9, "local", Types.TimestampType.withoutZone()),
                    Types.NestedField.optional(10, "instant", Types.TimestampType.withZone()),
                    Types.NestedField.optional(11, "name", Types.StringType.get()),
                    Types.NestedField.optional(12, "uuid", Types.UUIDType.get()),
                    Types.NestedField.optional(13, "fixed", Types.FixedType.ofLength(5)),
                    Types.NestedField.optional(14, "bytes", Types.BinaryType.get()),
                    Types.NestedField.optional(15, "tags", Types.ListType.ofRequired(18, Types.StringType.get())),
                    Types.NestedField.optional(
                            16,
                            "counts",
                            Types.MapType.ofOptional(19, 20, Types.StringType.get(), Types.LongType.get())),
                    Types.NestedField.optional(
                            17,
                            "address",
                            Types.StructType.of(
                                    Types.NestedField.required(21, "street", Types.StringType.get(), "With number"),
                                    Types.NestedField.optional(22, "zip", Types.IntegerType.get())))),
            Set.of(1));

    abstract IcebergRemote remote();

    /** The same catalog through Iceberg's own API, as another engine sees it. */
    abstract Catalog other();

    @Test
    void readsEveryTypeOfIceberg() {
        otherCreates("all_types", ALL_TYPES, PartitionSpec.unpartitioned(), Map.of("comment", "Everything"));

        TableSpec found = remote().find(SHOP.table(new TableName("all_types")))
                .orElseThrow()
                .spec();

        assertThat(found.columns())
                .extracting(Column::name, column -> column.type().orElseThrow())
                .extracting(
                        tuple -> tuple.toList().get(0) + " " + tuple.toList().get(1))
                .containsExactly(
                        "id BIGINT NOT NULL",
                        "flag BOOLEAN",
                        "small INT",
                        "single FLOAT",
                        "twice DOUBLE",
                        "price DECIMAL(12, 3)",
                        "day DATE",
                        "clock TIME(0)",
                        "local TIMESTAMP(6)",
                        "instant TIMESTAMP(6) WITH LOCAL TIME ZONE",
                        "name VARCHAR(2147483647)",
                        "uuid BINARY(16)",
                        "fixed BINARY(5)",
                        "bytes VARBINARY(2147483647)",
                        "tags ARRAY<VARCHAR(2147483647) NOT NULL>",
                        "counts MAP<VARCHAR(2147483647) NOT NULL, BIGINT>",
                        "address ROW<`street` VARCHAR(2147483647) NOT NULL 'With number', `zip` INT>");
        assertThat(found.columns().get(0).comment()).contains("Counts up");
        assertThat(found.primaryKey().map(PrimaryKey::columns)).contains(List.of("id"));
        assertThat(found.comment()).contains("Everything");
    }

    @Test
    void namesTheColumnThatFlinkCannotRead() {
        Schema schema = new Schema(
                Types.NestedField.required(1, "id", Types.LongType.get()),
                Types.NestedField.optional(2, "place", Types.VariantType.get()));
        otherCreates("odd", schema, PartitionSpec.unpartitioned(), Map.of("format-version", "3"));
        TablePath odd = SHOP.table(new TableName("odd"));

        assertThatThrownBy(() -> remote().find(odd))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("Column 'place' of lake.shop.odd has type variant")
                .extracting(thrown -> ((MillraceException) thrown).code())
                .isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
        List<RemoteStore.Scanned> scanned = new ArrayList<>();
        remote().scan(SHOP, Set.of(odd.table()), scanned::add);
        assertThat(scanned)
                .singleElement()
                .satisfies(each -> assertThat(each.flaw()).isPresent());
    }

    @Test
    void callsColumnsTheSameAcrossRenamesAndNewOnesNever() {
        Schema schema = new Schema(
                Types.NestedField.required(1, "id", Types.LongType.get()),
                Types.NestedField.optional(2, "amount", Types.IntegerType.get()),
                Types.NestedField.optional(3, "note", Types.StringType.get()));
        otherCreates("bills", schema, PartitionSpec.unpartitioned(), Map.of());
        TablePath bills = SHOP.table(new TableName("bills"));
        RemoteStore.RemoteTable first = remote().find(bills).orElseThrow();

        other().loadTable(TableIdentifier.of("shop", "bills"))
                .updateSchema()
                .renameColumn("amount", "total")
                .updateColumn("amount", Types.LongType.get())
                .deleteColumn("note")
                .commit();
        other().loadTable(TableIdentifier.of("shop", "bills"))
                .updateSchema()
                .addColumn("note", Types.StringType.get())
                .commit();
        RemoteStore.RemoteTable second = remote().find(bills).orElseThrow();

        assertThat(first.columnKeys()).isEqualTo(Map.of("id", "1", "amount", "2", "note", "3"));
        assertThat(second.columnKeys()).isEqualTo(Map.of("id", "1", "total", "2", "note", "4"));
        assertThat(second.key()).isEqualTo(first.key());
        List<RemoteStore.Scanned> scanned = new ArrayList<>();
        remote().scan(SHOP, Set.of(bills.table()), scanned::add);
        assertThat(scanned)
                .singleElement()
                .satisfies(each -> assertThat(each.table()).contains(second));

        other().dropTable(TableIdentifier.of("shop", "bills"));
        otherCreates("bills", schema, PartitionSpec.unpartitioned(), Map.of());
        assertThat(remote().find(bills).orElseThrow().key()).isNotEqualTo(first.key());
    }

    @Test
    void refusesNumbersThatFlinkHasNot() {
        for (Type type : List.of(
                Types.DecimalType.of(2, 5),
                Types.FixedType.ofLength(0),
                Types.ListType.ofRequired(2, Types.DecimalType.of(0, 0)))) {
            String name = "odd_" + type.typeId().name().toLowerCase(Locale.ROOT);
            Schema schema = new Schema(Types.NestedField.optional(1, "what", type));
            otherCreates(name, schema, PartitionSpec.unpartitioned(), Map.of());

            assertThatThrownBy(() -> remote().find(SHOP.table(new TableName(name))))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("Column 'what' of lake.shop." + name + " has type " + type + ",")
                    .extracting(thrown -> ((MillraceException) thrown).code())
                    .isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
        }
        otherCreates("fine", ALL_TYPES, PartitionSpec.unpartitioned(), Map.of());
        assertThat(remote().find(SHOP.table(new TableName("fine")))).isPresent();
    }

    @Test
    void showsIdentityPartitionsAsPartitionedByAndTransformsInTheComment() {
        PartitionSpec partitions = PartitionSpec.builderFor(ALL_TYPES)
                .identity("day")
                .bucket("id", 16)
                .hour("local")
                .build();
        otherCreates("partitioned", ALL_TYPES, partitions, Map.of("comment", "By day"));

        TableSpec found = remote().find(SHOP.table(new TableName("partitioned")))
                .orElseThrow()
                .spec();

        assertThat(found.partitionKeys()).containsExactly("day");
        assertThat(found.comment()).contains("By day Partitioned by bucket(16, id), hour(local).");
    }

    @Test
    void createsWhatAnotherEngineReads() {
        TableSpec spec = spec(
                Column.physical("id", "BIGINT NOT NULL").commented(Optional.of("Counts up")),
                Column.physical("day", "DATE"),
                Column.physical("name", "VARCHAR(20)"),
                Column.physical("at", "TIMESTAMP(3) WITH LOCAL TIME ZONE"),
                Column.physical("lines", "ARRAY<ROW<`sku` VARCHAR(2147483647) NOT NULL, `n` INT 'How many'>>"));
        var keyed = new TableSpec(
                spec.columns(),
                Optional.of(new PrimaryKey("pk", List.of("id"))),
                List.of(),
                List.of("day"),
                Map.of("write.upsert.enabled", "true"),
                Optional.of("All orders"),
                Optional.empty());

        RemoteStore.RemoteTable created = remote().create(ORDERS, keyed);

        Table there = other().loadTable(ORDERS_THERE);
        assertThat(there.schema().asStruct())
                .hasToString("struct<1: id: required long (Counts up), 2: day: optional date, 3: name: optional string,"
                        + " 4: at: optional timestamptz,"
                        + " 5: lines: optional list<struct<7: sku: required string, 8: n: optional int (How many)>>>");
        assertThat(there.schema().identifierFieldNames()).containsExactly("id");
        assertThat(there.spec().fields()).extracting(field -> field.name()).containsExactly("day");
        assertThat(there.properties())
                .containsEntry("comment", "All orders")
                .containsEntry("write.upsert.enabled", "true");
        assertThat(created.key()).isEqualTo(there.uuid().toString());
        assertThat(remote().find(ORDERS)).contains(created);
        assertThatThrownBy(() -> remote().create(ORDERS, keyed)).hasMessageContaining("already");
    }

    @Test
    void refusesTypesThatIcebergHasNotByColumn() {
        for (String type : List.of("TIMESTAMP(9)", "INTERVAL DAY(2) TO SECOND(6)", "ROW<`a` ARRAY<TIME(6)>>", "RAW")) {
            assertThatThrownBy(() -> remote().create(ORDERS, spec(Column.physical("wrong", type))))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("Column 'wrong'")
                    .hasMessageContaining(type);
        }
    }

    @Test
    void changesColumnsWithoutTouchingTheirIds() {
        RemoteStore.RemoteTable orders = remote().create(
                        ORDERS,
                        spec(
                                Column.physical("id", "INT NOT NULL"),
                                Column.physical("name", "VARCHAR(2147483647)"),
                                Column.physical("price", "DECIMAL(10, 2)"),
                                Column.physical("old", "DATE")));

        RemoteStore.RemoteTable changed = remote().alter(
                        orders,
                        ORDERS.table(),
                        commented(
                                "Changed",
                                Column.physical("first", "INT"),
                                Column.physical("id", "BIGINT").commented(Optional.of("Wider")),
                                Column.physical("title", "VARCHAR(2147483647)"),
                                Column.physical("price", "DECIMAL(12, 2)")));

        assertThat(other().loadTable(ORDERS_THERE).schema().asStruct())
                .hasToString("struct<5: first: optional int, 1: id: optional long (Wider), 2: title: optional string,"
                        + " 3: price: optional decimal(12, 2)>");
        assertThat(changed.key()).isEqualTo(orders.key());
        assertThat(changed.spec().comment()).contains("Changed");
    }

    @Test
    void refusesWhatWouldBreakTheRowsThatAreThere() {
        RemoteStore.RemoteTable orders = remote().create(
                        ORDERS, spec(Column.physical("id", "BIGINT NOT NULL"), Column.physical("name", "DATE")));

        assertThatThrownBy(() -> alter(orders, Column.physical("id", "INT NOT NULL"), Column.physical("name", "DATE")))
                .hasMessageContaining("'id'");
        assertThatThrownBy(() -> alter(
                        orders, Column.physical("id", "BIGINT NOT NULL"), Column.physical("name", "DATE NOT NULL")))
                .hasMessageContaining("'name' cannot become NOT NULL");
        assertThat(remote().find(ORDERS)).contains(orders);
    }

    @Test
    void refusesToChangeATableThatChangedMeanwhile() {
        RemoteStore.RemoteTable orders = remote().create(ORDERS, spec(Column.physical("id", "BIGINT")));
        other().loadTable(ORDERS_THERE)
                .updateSchema()
                .addColumn("theirs", Types.DateType.get())
                .commit();

        assertThatThrownBy(() -> alter(orders, Column.physical("id", "BIGINT"), Column.physical("mine", "DATE")))
                .isInstanceOf(MillraceException.class)
                .extracting(thrown -> ((MillraceException) thrown).code())
                .isEqualTo(ErrorCode.STALE_VERSION);
    }

    @Test
    void listsTablesWithAStampThatDiffersAfterAChange() {
        remote().create(ORDERS, spec(Column.physical("id", "BIGINT")));
        RemoteStore.Head before = head("orders");
        other().loadTable(ORDERS_THERE)
                .updateSchema()
                .addColumn("more", Types.DateType.get())
                .commit();

        RemoteStore.Head after = head("orders");

        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.stamp()).isNotEqualTo(before.stamp());
    }

    @Test
    void aTableOfTheSameNameIsAnotherTable() {
        String first =
                remote().create(ORDERS, spec(Column.physical("id", "BIGINT"))).key();
        remote().drop(ORDERS);

        assertThat(remote().find(ORDERS)).isEmpty();
        assertThat(other().tableExists(ORDERS_THERE)).isFalse();
        assertThat(remote().create(ORDERS, spec(Column.physical("id", "BIGINT")))
                        .key())
                .isNotEqualTo(first);
    }

    @Test
    void makesAndDropsDatabases() {
        DatabasePath fresh = DatabasePath.of("lake", "fresh");
        remote().createDatabase(fresh, "");
        remote().create(fresh.table(new TableName("t")), spec(Column.physical("id", "BIGINT")));

        assertThat(remote().databases()).extracting(each -> each.name().value()).contains("fresh");
        assertThatThrownBy(() -> remote().createDatabase(fresh, "")).hasMessageContaining("already");
        assertThatThrownBy(() -> remote().dropDatabase(fresh, false)).hasMessageContaining("has tables");
        remote().dropDatabase(fresh, true);
        assertThat(((SupportsNamespaces) other()).namespaceExists(Namespace.of("fresh")))
                .isFalse();
        assertThatThrownBy(() -> remote().heads(fresh)).hasMessageContaining("no database");
    }

    private void otherCreates(String name, Schema schema, PartitionSpec partitions, Map<String, String> properties) {
        other().createTable(TableIdentifier.of("shop", name), schema, partitions, properties);
    }

    private void alter(RemoteStore.RemoteTable current, Column... columns) {
        remote().alter(current, current.path().table(), spec(columns));
    }

    private RemoteStore.Head head(String name) {
        return remote().heads(SHOP).stream()
                .filter(each -> each.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TableSpec commented(String comment, Column... columns) {
        return new TableSpec(
                List.of(columns),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of(comment),
                Optional.empty());
    }

    static TableSpec spec(Column... columns) {
        return TableSpec.of(List.of(columns), Map.of());
    }
}
