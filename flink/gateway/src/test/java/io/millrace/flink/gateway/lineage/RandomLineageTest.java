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

                assertThat(lineage.reasons()).isEmpty();
                assertThat(lineage.columns())
                        .extracting(LineageColumn::sources)
                        .extracting(sources -> names(lineage, sources))
                        .isEqualTo(script.query().columns());
                assertThat(names(lineage, lineage.indirect()))
                        .isEqualTo(script.query().indirect());
            } finally {
                script.views().keySet().forEach(name -> planner.run("DROP VIEW " + name));
            }
        });
        assertThat(sizes).as("the queries are not all alike").hasSizeGreaterThan(5);
    }

    private static Set<String> names(Lineage lineage, List<LineageSource> sources) {
        return sources.stream()
                .map(source -> Planner.name(lineage, source.input()) + "." + source.column() + " " + source.kind())
                .collect(Collectors.toSet());
    }
}
