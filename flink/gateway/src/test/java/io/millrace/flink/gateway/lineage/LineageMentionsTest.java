package io.millrace.flink.gateway.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sql.Lineage;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which columns of its inputs a statement names, whether or not anything comes of them; and what is too much. */
class LineageMentionsTest {
    private final Planner planner = new Planner()
            .table(
                    "orders",
                    "id BIGINT, kind STRING, amount DOUBLE, unused STRING, ts TIMESTAMP(3), twice AS amount * 2,"
                            + " WATERMARK FOR ts AS ts")
            .table("people", "id BIGINT, name STRING");

    private List<String> mentioned(String query) {
        Lineage lineage = planner.ofQuery(query);
        return IntStream.range(0, lineage.inputs().size())
                .mapToObj(
                        i -> Planner.name(lineage, i) + lineage.inputs().get(i).columns())
                .toList();
    }

    @Test
    void namesWhatIsSelectedAndThrownAway() {
        assertThat(mentioned("SELECT x FROM (SELECT id AS x, kind AS y FROM orders)"))
                .containsExactly("orders[id, kind]");
    }

    @Test
    void namesOfAViewWhatIsUsedAndOfItsTablesWhatThatComesFrom() {
        planner.run(
                "CREATE VIEW v AS SELECT id AS x, kind AS y, CASE WHEN unused = 'n' THEN amount END AS z FROM orders");

        assertThat(mentioned("SELECT x FROM v")).containsExactly("orders[id]", "v[x]");
        assertThat(mentioned("SELECT y FROM (SELECT x, y FROM v)")).containsExactly("orders[id, kind]", "v[x, y]");
        assertThat(mentioned("SELECT z FROM v")).containsExactly("orders[amount, unused]", "v[z]");
        assertThat(mentioned("SELECT COUNT(*) FROM v")).containsExactly("orders[]", "v[]");
    }

    @Test
    void leavesATemporaryViewToItsScript() {
        planner.run("CREATE TEMPORARY VIEW t AS SELECT id AS x, kind AS y FROM orders");

        assertThat(mentioned("SELECT x FROM t")).containsExactly("orders[id, kind]", "t[]");
    }

    @Test
    void namesNothingOfATableThatIsOnlyCounted() {
        assertThat(mentioned("SELECT COUNT(*) FROM orders")).containsExactly("orders[]");
    }

    @Test
    void namesNoColumnThatOnlyTheTableDeclares() {
        assertThat(mentioned("SELECT id FROM orders")).containsExactly("orders[id]");
        assertThat(mentioned("SELECT twice FROM orders")).containsExactly("orders[amount, twice]");
    }

    @Test
    void namesOfATableInAWindowOnlyWhatIsUsed() {
        assertThat(mentioned("SELECT window_end, COUNT(kind) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts),"
                        + " INTERVAL '1' MINUTE)) GROUP BY window_start, window_end"))
                .containsExactly("orders[kind, ts]");
    }

    @Test
    void namesWhatSubQueriesUse() {
        assertThat(mentioned("SELECT o.id FROM orders o WHERE EXISTS"
                        + " (SELECT p.name FROM people p WHERE p.id = o.amount)"))
                .containsExactlyInAnyOrder("orders[amount, id]", "people[id, name]");
    }

    @Test
    void keepsTooManyEdgesByTableOnly() {
        String columns =
                IntStream.range(0, 300).mapToObj(i -> "c" + i + " STRING").collect(Collectors.joining(", "));
        planner.table("wide", columns);
        String all = IntStream.range(0, 300).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String each = IntStream.range(0, 200).mapToObj(i -> "s || 'x' AS x" + i).collect(Collectors.joining(", "));

        Lineage lineage = planner.ofQuery("SELECT " + each + " FROM (SELECT CONCAT(" + all + ") AS s FROM wide)");

        assertThat(lineage.complete()).isFalse();
        assertThat(lineage.reasons()).singleElement().asString().contains("60000 edges");
        assertThat(lineage.inputs().get(0).columns()).hasSize(300);
        assertThat(lineage.columns()).hasSize(200).allSatisfy(column -> {
            assertThat(column.sources()).isEmpty();
            assertThat(column.expression()).hasSizeLessThan(500).contains("…");
        });
    }

    @Test
    void copesWithAWideTable() {
        String columns =
                IntStream.range(0, 1_000).mapToObj(i -> "c" + i + " STRING").collect(Collectors.joining(", "));
        planner.table("widest", columns);

        Lineage lineage = planner.ofQuery("SELECT * FROM widest WHERE c9 = 'x'");

        assertThat(lineage.complete()).isTrue();
        assertThat(lineage.columns())
                .hasSize(1_000)
                .allSatisfy(column -> assertThat(column.sources()).hasSize(1));
    }
}
