package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

class TableDiffTest {
    private static final TablePath ORDERS = TablePath.of("postgres", "shop", "orders");
    private static final Table BEFORE = Table.registered(
            new TableId("1"),
            ORDERS,
            TableSpec.of(
                    List.of(Column.physical("id", "INT NOT NULL"), Column.physical("amount", "INT")),
                    Map.of("topic", "a")),
            Optional.empty());

    @Test
    void saysNothingWhenNothingIsDifferent() {
        assertThat(TableDiff.summary(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void namesEachColumnThatIsDifferent() {
        var columns = List.of(
                Column.physical("amount", "BIGINT"),
                Column.physical("key", "INT NOT NULL").commented(Optional.of("the key")),
                Column.computed("twice", "`amount` * 2"));

        Table after = BEFORE.changed(new Alteration(
                new TableName("orders"), TableSpec.of(columns, BEFORE.spec().options()), Map.of("key", 1)));

        assertThat(TableDiff.summary(BEFORE, after))
                .isEqualTo(
                        "column `amount` INT → BIGINT; column `id` renamed to `key`; comment of column `key` changed;"
                                + " column `twice` AS `amount` * 2 added; columns in another order");
        assertThat(TableDiff.summary(after, after.changed(Alteration.of(new TableName("orders"), BEFORE.spec()))))
                .contains("column `twice` AS `amount` * 2 dropped");
    }

    @Test
    void followsAColumnByItsKeyThoughItsTypeIsAnotherToo() {
        TableName name = new TableName("orders");
        Table seen = BEFORE.changed(Alteration.of(name, BEFORE.spec()).keyed(Map.of("id", "1", "amount", "2")));
        var columns = List.of(Column.physical("id", "INT NOT NULL"), Column.physical("total", "BIGINT"));

        Table after = seen.changed(
                Alteration.of(name, TableSpec.of(columns, BEFORE.spec().options()))
                        .keyed(Map.of("id", "1", "total", "2")));

        assertThat(after.columnIds()).isEqualTo(seen.columnIds());
        assertThat(seen.renames(Map.of("id", "1", "total", "2", "new", "3"))).isEqualTo(Map.of("amount", "total"));
        assertThat(TableDiff.summary(seen, after))
                .isEqualTo("column `amount` renamed to `total`; column `total` INT → BIGINT");
    }

    @Test
    void namesWhatElseIsDifferent() {
        var spec = new TableSpec(
                BEFORE.spec().columns(),
                Optional.of(new PrimaryKey("PK", List.of("id"))),
                List.of(new Watermark("amount", "`amount`")),
                List.of("amount"),
                Map.of("topic", "b", "format", "json"),
                Optional.of("all orders"),
                Optional.empty());

        assertThat(TableDiff.summary(BEFORE, BEFORE.changed(Alteration.of(new TableName("sales"), spec))))
                .isEqualTo(
                        "renamed from `orders` to `sales`; primary key (id) added; watermark for `amount` as `amount`"
                                + " added; partitions () → (amount); option 'format' json added; option 'topic' a → b;"
                                + " comment changed");
    }

    @Test
    void staysShort() {
        List<Column> many = IntStream.range(0, 1000)
                .mapToObj(i -> Column.physical("c" + i, "INT"))
                .toList();

        String summary = TableDiff.summary(
                BEFORE, BEFORE.changed(Alteration.of(new TableName("orders"), TableSpec.of(many, Map.of()))));

        assertThat(summary).hasSizeLessThan(2000).endsWith("; and 983 more");
    }
}
