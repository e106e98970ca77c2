package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class TableDdlTest {
    private static final TablePath PATH = TablePath.of("kafka", "re`gion", "orders");

    @Test
    void writesEveryPartOfATable() {
        var spec = new TableSpec(
                List.of(
                        Column.physical("id", "BIGINT NOT NULL").commented(Optional.of("the user's")),
                        Column.physical("row", "ROW<`at` TIMESTAMP(3)>"),
                        Column.computed("twice", "`id` * 2").commented(Optional.of("more")),
                        new Column(
                                "offset",
                                ColumnKind.METADATA,
                                Optional.of("BIGINT"),
                                Optional.empty(),
                                Optional.of("the-offset"),
                                true,
                                Optional.empty())),
                Optional.of(new PrimaryKey("PK_id", List.of("id", "row"))),
                List.of(new Watermark("row.at", "`row`.`at` - INTERVAL '5' SECOND")),
                List.of("id"),
                Map.of("topic", "it's", "connector", "upsert-kafka"),
                Optional.of("all '订单'"),
                Optional.empty());

        assertThat(TableDdl.of(PATH, spec)).isEqualTo("""
                CREATE TABLE `kafka`.`re``gion`.`orders` (
                  `id` BIGINT NOT NULL COMMENT 'the user''s',
                  `row` ROW<`at` TIMESTAMP(3)>,
                  `twice` AS `id` * 2 COMMENT 'more',
                  `offset` BIGINT METADATA FROM 'the-offset' VIRTUAL,
                  WATERMARK FOR `row`.`at` AS `row`.`at` - INTERVAL '5' SECOND,
                  CONSTRAINT `PK_id` PRIMARY KEY (`id`, `row`) NOT ENFORCED
                )
                COMMENT 'all ''订单'''
                PARTITIONED BY (`id`)
                WITH (
                  'connector' = 'upsert-kafka',
                  'topic' = 'it''s'
                )""");
    }

    @Test
    void writesNothingThatATableHasNot() {
        TableSpec spec = TableSpec.of(List.of(Column.physical("id", "INT")), Map.of());

        assertThat(TableDdl.of(PATH, spec)).isEqualTo("""
                CREATE TABLE `kafka`.`re``gion`.`orders` (
                  `id` INT
                )""");
    }

    @Test
    void writesAView() {
        var spec = new TableSpec(
                List.of(Column.physical("n", "INT").commented(Optional.of("one"))),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of("a view"),
                Optional.of(new ViewQuery("SELECT 1 AS n", "SELECT 1 AS `n`")));

        assertThat(TableDdl.of(PATH, spec)).isEqualTo("""
                CREATE VIEW `kafka`.`re``gion`.`orders` (
                  `n` COMMENT 'one'
                )
                COMMENT 'a view'
                AS SELECT 1 AS `n`""");
    }
}
