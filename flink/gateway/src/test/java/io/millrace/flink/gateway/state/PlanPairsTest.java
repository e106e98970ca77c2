package io.millrace.flink.gateway.state;

import static io.millrace.core.state.Verdict.COMPATIBLE;
import static io.millrace.core.state.Verdict.IDENTICAL;
import static io.millrace.core.state.Verdict.INCOMPATIBLE;
import static io.millrace.core.state.Verdict.PARTIAL;
import static io.millrace.core.state.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.state.Comparison;
import io.millrace.core.state.Compatibility;
import io.millrace.core.state.Finding;
import io.millrace.core.state.Finding.Fate;
import io.millrace.core.state.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Edits that people make, planned by Flink before and after, and what becomes of the state. */
class PlanPairsTest {
    private static final String COUNTS = "INSERT INTO a SELECT person, COUNT(*) FROM orders GROUP BY person";
    private static final String JOIN =
            "INSERT INTO a SELECT o.person, p.id FROM orders o JOIN people p ON o.person = p.person";
    private static final String TUMBLE = "INSERT INTO a SELECT person, COUNT(*) FROM TABLE(TUMBLE(TABLE orders,"
            + " DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY person, window_start, window_end";
    private static final String LAST = "INSERT INTO a SELECT person, id FROM (SELECT *, ROW_NUMBER() OVER"
            + " (PARTITION BY person ORDER BY ts DESC) AS r FROM orders) WHERE r = 1";
    private static final String TOP = "INSERT INTO a SELECT person, id FROM (SELECT *, ROW_NUMBER() OVER"
            + " (PARTITION BY person ORDER BY amount DESC) AS r FROM orders) WHERE r <= 3";
    private static final String INTERVAL = "INSERT INTO a SELECT o.person, p.id FROM orders o JOIN people p"
            + " ON o.person = p.person AND o.ts BETWEEN p.ts - INTERVAL '1' HOUR AND p.ts";
    private static final String OVER =
            "INSERT INTO a SELECT person, SUM(id) OVER (PARTITION BY person ORDER BY ts) FROM orders";
    private static final String SESSIONS =
            "INSERT INTO a SELECT person, COUNT(*) FROM orders" + " GROUP BY SESSION(ts, INTERVAL '1' MINUTE), person";
    private static final String PATTERN = "INSERT INTO a SELECT person, n FROM orders MATCH_RECOGNIZE (PARTITION BY"
            + " person ORDER BY ts MEASURES LAST(B.id) AS n ONE ROW PER MATCH PATTERN (A B)"
            + " DEFINE A AS A.id > 1, B AS B.id > 2)";
    private static final String TEMPORAL = "INSERT INTO a SELECT p.city, p.id FROM people p JOIN cities"
            + " FOR SYSTEM_TIME AS OF p.ts AS c ON p.city = c.city";
    private static final String DISTINCT =
            "INSERT INTO a SELECT person, COUNT(DISTINCT id) FROM orders GROUP BY person";

    private static Arguments pair(String edit, String before, String after, Verdict verdict, String... fates) {
        return Arguments.of(edit, List.of(before), List.of(after), verdict, List.of(fates));
    }

    private static Arguments pair(String edit, String before, List<String> after, Verdict verdict, String... fates) {
        return Arguments.of(edit, List.of(before), after, verdict, List.of(fates));
    }

    static Stream<Arguments> pairs() {
        return Stream.of(same(), aroundAnAggregation(), inAnAggregation(), ofJoins(), ofRows(), ofInserts())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> same() {
        return Stream.of(COUNTS, JOIN, TUMBLE, LAST, TOP, INTERVAL, OVER, SESSIONS, PATTERN, TEMPORAL, DISTINCT)
                .map(sql -> pair("nothing", sql, sql.replace(" FROM ", "\n  FROM /* as before */ "), IDENTICAL));
    }

    private static Stream<Arguments> aroundAnAggregation() {
        return Stream.of(
                pair("a filter before", COUNTS, COUNTS.replace("GROUP", "WHERE amount > 3 GROUP"), COMPATIBLE),
                pair("a filter after", COUNTS, COUNTS + " HAVING COUNT(*) > 1", COMPATIBLE),
                pair(
                        "a column after",
                        COUNTS,
                        "INSERT INTO wide SELECT person, c, c * 1.5 FROM"
                                + " (SELECT person, COUNT(*) AS c FROM orders GROUP BY person)",
                        PARTIAL,
                        "NEW sink",
                        "LOST sink"),
                pair("another text after", COUNTS, COUNTS.replace("SELECT person", "SELECT UPPER(person)"), COMPATIBLE),
                pair("a filter before windows", TUMBLE, TUMBLE.replace("GROUP", "WHERE id > 3 GROUP"), COMPATIBLE),
                pair("another table to write to", COUNTS, COUNTS.replace("INTO a", "INTO b"), PARTIAL, "NEW sink"),
                pair(
                        "a deduplication before",
                        COUNTS,
                        COUNTS.replace(
                                "FROM orders",
                                "FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY pt) AS r FROM orders)"
                                        + " WHERE r = 1"),
                        PARTIAL,
                        "NEW deduplication"));
    }

    private static Stream<Arguments> inAnAggregation() {
        return Stream.of(
                pair(
                        "one more aggregate",
                        COUNTS,
                        "INSERT INTO wide SELECT person, COUNT(*), SUM(amount) FROM orders GROUP BY person",
                        INCOMPATIBLE,
                        "CHANGED aggregation aggregates changed from COUNT(*) to COUNT(*), SUM(amount)"),
                pair(
                        "another key",
                        COUNTS,
                        COUNTS.replace("person", "kind"),
                        INCOMPATIBLE,
                        "CHANGED aggregation keys changed from person STRING to kind STRING"),
                pair(
                        "another key of the same name",
                        COUNTS,
                        COUNTS.replace("FROM orders", "FROM (SELECT kind AS person FROM orders)"),
                        INCOMPATIBLE,
                        "CHANGED aggregation"),
                pair(
                        "another argument",
                        "INSERT INTO a SELECT person, MAX(id) FROM orders GROUP BY person",
                        "INSERT INTO a SELECT person, MAX(id + 1) FROM orders GROUP BY person",
                        INCOMPATIBLE,
                        "CHANGED aggregation aggregates"),
                pair(
                        "a filter of an aggregate",
                        COUNTS,
                        COUNTS.replace("COUNT(*)", "COUNT(*) FILTER (WHERE id > 3)"),
                        INCOMPATIBLE,
                        "CHANGED aggregation"),
                pair("distinct", DISTINCT, DISTINCT.replace("DISTINCT ", ""), INCOMPATIBLE, "CHANGED aggregation"),
                pair("the size of the window", TUMBLE, TUMBLE.replace("'1'", "'5'"), INCOMPATIBLE, "CHANGED window"),
                pair("the gap of sessions", SESSIONS, SESSIONS.replace("'1'", "'5'"), INCOMPATIBLE, "CHANGED window"),
                pair("the name of a column", COUNTS, COUNTS.replace("COUNT(*)", "COUNT(*) AS c"), COMPATIBLE));
    }

    private static Stream<Arguments> ofJoins() {
        return Stream.of(
                pair("a filter of a side", JOIN, JOIN + " WHERE o.amount > 3", COMPATIBLE),
                pair("a filter of what is read", JOIN, JOIN + " WHERE o.person <> 'x'", COMPATIBLE),
                pair("another condition of an inner join", JOIN, JOIN + " AND p.id + 1 > 3", COMPATIBLE),
                pair("an outer join", JOIN, JOIN.replace(" JOIN", " LEFT JOIN"), INCOMPATIBLE, "CHANGED join kind"),
                pair(
                        "one more column",
                        JOIN,
                        JOIN.replace("p.id", "p.id + o.id"),
                        INCOMPATIBLE,
                        "CHANGED join rows changed from (person STRING)"),
                pair("the interval", INTERVAL, INTERVAL.replace("'1'", "'2'"), INCOMPATIBLE, "CHANGED interval join"),
                pair("what follows an interval join", INTERVAL, INTERVAL.replace("p.id", "p.id * 2"), COMPATIBLE),
                pair("a filter before a temporal join", TEMPORAL, TEMPORAL + " WHERE p.id > 3", COMPATIBLE));
    }

    private static Stream<Arguments> ofRows() {
        return Stream.of(
                pair("first and not last", LAST, LAST.replace("DESC", "ASC"), INCOMPATIBLE, "CHANGED deduplication"),
                pair("what follows the last row", LAST, LAST.replace("person, id", "person, id * 2"), COMPATIBLE),
                pair("the number of places", TOP, TOP.replace("<= 3", "<= 5"), INCOMPATIBLE, "CHANGED top n places"),
                pair("the order", TOP, TOP.replace("amount", "id"), INCOMPATIBLE, "CHANGED top n"),
                pair("what is summed", OVER, OVER.replace("SUM(", "MAX("), INCOMPATIBLE, "CHANGED over aggregation"),
                pair("the pattern", PATTERN, PATTERN.replace("A B)", "A+ B)"), INCOMPATIBLE, "CHANGED pattern"),
                pair("what follows the pattern", PATTERN, PATTERN.replace("person, n", "person, n + 1"), COMPATIBLE));
    }

    private static Stream<Arguments> ofInserts() {
        String shared = "INSERT INTO b SELECT person, COUNT(*) FROM orders GROUP BY person";
        String filtered = shared.replace("GROUP", "WHERE id > 3 GROUP");
        return Stream.of(
                pair("a second insert of the same", COUNTS, List.of(COUNTS, shared), COMPATIBLE, "NEW sink"),
                pair("a second insert before", COUNTS, List.of(shared, COUNTS), COMPATIBLE, "NEW sink"),
                pair(
                        "a second insert from elsewhere",
                        COUNTS,
                        List.of(COUNTS, "INSERT INTO b SELECT city, id FROM people"),
                        COMPATIBLE,
                        "NEW source",
                        "NEW sink"),
                pair(
                        "a second insert that counts other things",
                        COUNTS,
                        List.of(COUNTS, "INSERT INTO b SELECT kind, COUNT(*) FROM orders GROUP BY kind"),
                        PARTIAL,
                        "NEW aggregation"),
                pair(
                        "a second insert that counts the same of other rows",
                        COUNTS,
                        List.of(COUNTS, filtered),
                        INCOMPATIBLE,
                        "CHANGED aggregation There are several like it"),
                pair(
                        "a second insert into the same table",
                        COUNTS,
                        List.of(COUNTS, "INSERT INTO a SELECT city, id FROM people"),
                        COMPATIBLE,
                        "NEW sink"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void says(String edit, List<String> before, List<String> after, Verdict verdict, List<String> fates) {
        Compatibility found = compare(Map.of(), before, Map.of(), after);

        assertThat(found.verdict()).as("%s: %s", edit, found).isEqualTo(verdict);
        for (String fate : fates) {
            assertThat(lines(found)).as(fate).contains(fate);
        }
    }

    @Test
    void saysWhatSettingsChange() {
        List<String> counts = List.of(COUNTS);
        Map<String, String> hour = Map.of("table.exec.state.ttl", "1 h");
        Map<String, String> batches = Map.of(
                "table.exec.mini-batch.enabled", "true",
                "table.exec.mini-batch.size", "100",
                "table.exec.mini-batch.allow-latency", "1 s");

        Compatibility longer = compare(hour, counts, Map.of("table.exec.state.ttl", "2 h"), counts);
        assertThat(longer.verdict()).isEqualTo(COMPATIBLE);
        assertThat(longer.findings().get(1).reason())
                .isEqualTo("It takes its state over. Its expiry changed from after 1 h to after 2 h.");
        assertThat(lines(compare(Map.of(), counts, hour, counts)))
                .contains("CHANGED aggregation expiry changed from never");
        assertThat(compare(Map.of(), counts, batches, counts).verdict()).isEqualTo(INCOMPATIBLE);
        assertThat(compare(batches, counts, batches, List.of(COUNTS.replace("GROUP", "WHERE id > 3 GROUP")))
                        .verdict())
                .isEqualTo(COMPATIBLE);
        assertThat(compare(Map.of(), counts, Map.of("table.exec.uid.generation", "DISABLED"), counts)
                        .reason())
                .contains("leaves the ids to Flink");
    }

    @Test
    void doesNotJudgeAnOperatorThatItDoesNotKnow() {
        String own = "INSERT INTO a SELECT person, n FROM REMEMBERED(r => TABLE orders PARTITION BY person)";
        List<String> before = List.of(own);

        assertThat(compare(Map.of(), before, Map.of(), before).verdict()).isEqualTo(IDENTICAL);
        Compatibility found = compare(Map.of(), before, Map.of(), List.of(own + " WHERE n > 3"));
        assertThat(found.verdict()).isEqualTo(UNKNOWN);
        assertThat(found.reason()).startsWith("Nothing is known of the state of ProcessTableFunction(");
    }

    private static Compatibility compare(
            Map<String, String> oldSettings, List<String> before, Map<String, String> newSettings, List<String> after) {
        return Comparison.of(
                Plans.core(Plans.of(oldSettings, before.toArray(String[]::new))),
                Plans.core(Plans.of(newSettings, after.toArray(String[]::new))));
    }

    private static String lines(Compatibility found) {
        return found.findings().stream()
                .filter(finding -> finding.fate() != Fate.KEPT)
                .map(PlanPairsTest::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Finding finding) {
        return finding.fate() + " " + finding.role() + " " + finding.reason().replaceFirst("^Its ", "");
    }
}
