package io.millrace.flink.gateway.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.millrace.api.sql.Lineage;
import io.millrace.api.sql.LineageColumn;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Statements with the lineage that people expect of them, from {@code lineage/cases.txt}. A case is a line with its name
 * behind {@code #}, the statement, and lines behind {@code ->} that say all that is to be found: {@code column <-
 * table.column KIND, … : expression} with the first letter of IDENTITY, TRANSFORMATION or AGGREGATION; {@code KIND
 * table.column} for what is indirect; {@code VIEW name}; {@code INCOMPLETE reason}.
 */
class LineageCasesTest {
    private final Planner planner = new Planner()
            .table(
                    "orders",
                    "id BIGINT, cust BIGINT, amount DOUBLE, price DOUBLE, kind STRING, tags ARRAY<STRING>,"
                            + " attrs MAP<STRING, INT>, items ARRAY<ROW<sku STRING, qty INT>>, place ROW<x INT, y STRING>,"
                            + " ts TIMESTAMP(3), total AS amount * price, pt AS PROCTIME(),"
                            + " arrived TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL, `offset` BIGINT METADATA,"
                            + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND")
            .table("people", "id BIGINT, name STRING, city STRING, PRIMARY KEY (id) NOT ENFORCED")
            .table(
                    "rates",
                    "cur STRING, rate DOUBLE, rt TIMESTAMP(3), PRIMARY KEY (cur) NOT ENFORCED,"
                            + " WATERMARK FOR rt AS rt")
            .table("plain", "a BIGINT, b STRING, c DOUBLE")
            .table("calc", "a BIGINT, twice AS a * 2, big AS CASE WHEN a > 10 THEN 'y' ELSE 'n' END")
            .table("sink", "a BIGINT, b STRING, c DOUBLE")
            .table("keyed", "k STRING, v DOUBLE, m BIGINT METADATA FROM 'mark', PRIMARY KEY (k) NOT ENFORCED")
            .table("parted", "a BIGINT, b STRING, day_ STRING")
            .run("CREATE VIEW big_orders AS SELECT id, UPPER(kind) AS kind FROM orders WHERE amount > 100")
            .run("CREATE VIEW renamed (x, y) AS SELECT id, kind FROM big_orders")
            .run("CREATE VIEW ranked AS SELECT id, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY amount) AS n,"
                    + " CASE WHEN price > 1 THEN cust END AS c FROM orders")
            .run("CREATE VIEW buyers AS SELECT id, name, city FROM people p"
                    + " WHERE EXISTS (SELECT 1 FROM orders o WHERE o.cust = p.id)")
            .run("CREATE VIEW timed AS SELECT kind, ts FROM orders")
            .run("CREATE VIEW newest AS SELECT cur, rate, rt FROM (SELECT *, ROW_NUMBER() OVER"
                    + " (PARTITION BY cur ORDER BY rt DESC) AS n FROM rates) WHERE n = 1");

    record Case(String name, String sql, List<String> expected) {
        static Case parse(String text) {
            List<String> lines = Arrays.stream(text.split("\n")).toList();
            List<String> sql = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                if (line.startsWith("-> ")) {
                    expected.add(line.substring(3).strip());
                } else {
                    sql.add(line);
                }
            }
            return new Case(lines.get(0).strip(), String.join("\n", sql).strip(), expected);
        }
    }

    @TestFactory
    Stream<DynamicTest> findsWhatPeopleExpect() {
        return cases().stream().map(each -> dynamicTest(each.name(), () -> check(each)));
    }

    private void check(Case each) {
        boolean query = !each.sql().startsWith("INSERT")
                && !each.sql().startsWith("CREATE")
                && !each.sql().startsWith("EXECUTE");
        List<Lineage> found = query ? List.of(planner.ofQuery(each.sql())) : planner.lineages(each.sql());
        List<String> lines = found.stream()
                .flatMap(lineage -> Stream.concat(
                        found.size() > 1 ? Stream.of("INTO " + lineage.target().name()) : Stream.of(),
                        Planner.lines(lineage).stream()))
                .toList();

        assertThat(found).allSatisfy(LineageCasesTest::saysSomethingOfEachColumn);
        if (query) {
            assertThat(found.get(0).columns())
                    .extracting(LineageColumn::name)
                    .containsExactlyElementsOf(planner.columns(each.sql()));
        }
        assertThat(lines)
                .as("%s\n-> %s", each.sql(), String.join("\n-> ", lines))
                .isEqualTo(each.expected());
    }

    /** An expression, with or without sources; or the answer says that it is not complete. */
    private static void saysSomethingOfEachColumn(Lineage lineage) {
        assertThat(lineage.columns())
                .isNotEmpty()
                .allSatisfy(column -> assertThat(!column.expression().isBlank() || !lineage.complete())
                        .as(column.toString())
                        .isTrue());
    }

    private static List<Case> cases() {
        try (InputStream in = LineageCasesTest.class.getResourceAsStream("/lineage/cases.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^# ")).skip(1).map(Case::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
