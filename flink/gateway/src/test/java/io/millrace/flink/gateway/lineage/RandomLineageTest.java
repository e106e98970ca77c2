package io.millrace.flink.gateway.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sql.Lineage;
import io.millrace.api.sql.LineageColumn;
import io.millrace.api.sql.LineageSource;
import io.millrace.testkit.Cases;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random queries over tables and views, with the lineage that they were made to have. {@code -Dmillrace.cases=N} tries
 * more; {@code Cases.one} with the seed of a failure repeats it.
 */
class RandomLineageTest {
    private static final long SEED = 20_260_501;
    private static final int COUNT = 200;

    private Planner planner() {
        Planner planner = new Planner();
        RandomQuery.TABLES.forEach(table -> planner.table(table, "a BIGINT, b BIGINT, c BIGINT"));
        return planner;
    }

    @Test
    void isWhatTheQueriesWereMadeToHave() {
        Planner planner = planner();
        Set<Integer> sizes = new HashSet<>();

        Cases.forAll(SEED, COUNT, RandomQuery::script, script -> {
            script.views().forEach((name, view) -> planner.run("CREATE VIEW " + name + " AS " + view.sql()));
            try {
                Lineage lineage = planner.ofQuery(script.query().sql());
                sizes.add(script.query().indirect().size());

                check(lineage, script);
            } finally {
                script.views().keySet().forEach(name -> planner.run("DROP VIEW " + name));
            }
        });
        assertThat(sizes).as("the queries are not all alike").hasSizeGreaterThan(5);
    }

    /**
     * A part of the query that looks like a view counts as the view too, and what orders a window in a view counts only
     * where the window's value is used: so of views there may be more, and of windows less.
     */
    private static void check(Lineage lineage, RandomQuery.Script script) {
        List<Set<String>> expected = script.query().columns();
        List<Set<String>> found = lineage.columns().stream()
                .map(column -> names(lineage, column.sources()))
                .toList();
        Set<String> indirect = names(lineage, lineage.indirect());

        assertThat(lineage.reasons()).isEmpty();
        assertThat(lineage.columns())
                .extracting(LineageColumn::name)
                .containsExactlyElementsOf(IntStream.range(0, expected.size())
                        .mapToObj(i -> "x" + i)
                        .toList());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).containsAll(expected.get(i));
            assertThat(only("t", found.get(i))).isEqualTo(only("t", expected.get(i)));
        }
        assertThat(indirect).containsAll(without("WINDOW", script.query().indirect()));
        assertThat(script.query().indirect()).containsAll(only("t", indirect));
        if (script.views().isEmpty()) {
            assertThat(indirect).isEqualTo(script.query().indirect());
        }
    }

    private static Set<String> only(String prefix, Set<String> sources) {
        return sources.stream().filter(source -> source.startsWith(prefix)).collect(Collectors.toSet());
    }

    private static Set<String> without(String kind, Set<String> sources) {
        return sources.stream().filter(source -> !source.endsWith(kind)).collect(Collectors.toSet());
    }

    private static Set<String> names(Lineage lineage, List<LineageSource> sources) {
        return sources.stream()
                .map(source -> Planner.name(lineage, source.input()) + "." + source.column() + " " + source.kind())
                .collect(Collectors.toSet());
    }
}
