package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.error.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class TableRulesTest {
    private static final List<Column> COLUMNS = List.of(
            Column.physical("amount", "INT"), Column.physical("day", "STRING"), Column.computed("at", "PROCTIME()"));

    @Test
    void findsNothingWrongWithASoundTable() {
        assertThat(TableRules.check(table(List.of("amount"), "at", List.of("day"))))
                .isEmpty();
        assertThat(TableRules.check(table(List.of("amount"), "at.nested", List.of())))
                .isEmpty();
    }

    @Test
    void namesColumnsThatDoNotExist() {
        assertThat(TableRules.check(table(List.of("amout"), "when", List.of("at"))))
                .extracting(Flaw::pointer, Flaw::message)
                .containsExactly(
                        tuple("/primaryKey/columns", "The primary key names no column: 'amout'."),
                        tuple("/partitionKeys", "PARTITIONED BY names no column: 'at'."),
                        tuple("/watermarks", "WATERMARK names no column: 'when'."));
    }

    @Test
    void wantsAColumnThatIsNoPartitionKey() {
        assertThat(TableRules.check(table(List.of("day"), "at", List.of("amount", "day"))))
                .extracting(Flaw::message)
                .containsExactly("At least one column must not be a partition key.");
    }

    @Test
    void wantsColumnsWithDifferentNamesAndTypes() {
        var nothing = new Column(
                "amount",
                ColumnKind.METADATA,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
        var spec = TableSpec.of(List.of(COLUMNS.get(0), nothing), Map.of());

        assertThat(TableRules.check(spec))
                .extracting(Flaw::pointer)
                .containsExactly("/columns/1/name", "/columns/1/type");
        assertThat(TableRules.check(TableSpec.of(List.of(), Map.of())))
                .extracting(Flaw::message)
                .containsExactly("A table needs at least one column.");
    }

    @Test
    void allowsAViewNothingButColumnsAndAQuery() {
        var view = new TableSpec(
                COLUMNS.subList(0, 1),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of("topic", "t"),
                Optional.empty(),
                Optional.of(new ViewQuery("SELECT 1", "SELECT 1")));

        assertThat(TableRules.check(view)).extracting(Flaw::pointer).containsExactly("/view");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b", "a\u202eb", "\ufeff"})
    void refusesNamesThatCannotBeSeen(String name) {
        assertThatThrownBy(() -> new TableName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "Orders 2026", "订单", "t; DROP TABLE x; --", "a`b\"c"})
    void takesAnyNameThatCanBeSeen(String name) {
        assertThat(new TableName(name)).hasToString(name);
    }

    @Test
    void readsBackItsReferences() {
        var ref = new TableRef(new TableId("7c1e"), 4);

        assertThat(TableRef.parse("7c1e@4")).contains(ref);
        assertThat(ref).hasToString("7c1e@4");
        assertThat(TableRef.parse("7c1e")).isEmpty();
        assertThat(TableRef.parse("@4")).isEmpty();
        assertThat(TableRef.parse("7c1e@x")).isEmpty();
        assertThat(TableRef.parse("7c@1e@4")).isEmpty();
    }

    private static TableSpec table(List<String> key, String time, List<String> partitions) {
        return new TableSpec(
                COLUMNS,
                Optional.of(new PrimaryKey("PK", key)),
                List.of(new Watermark(time, "`" + time + "`")),
                partitions,
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
