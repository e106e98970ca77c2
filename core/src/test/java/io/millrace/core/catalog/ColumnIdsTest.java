package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class ColumnIdsTest {
    private static final List<Column> ABC = columns("a", "b", "c");

    @Test
    void keepsTheIdsOfColumnsThatKeepTheirNames() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("c", "x", "a"), Map.of());

        assertThat(next).isEqualTo(new ColumnIds(List.of(3, 4, 1), 4));
    }

    @Test
    void neverGivesAnIdAgain() {
        ColumnIds dropped = ColumnIds.first(3).next(ABC, columns("a", "b"), Map.of());
        ColumnIds added = dropped.next(columns("a", "b"), ABC, Map.of());

        assertThat(added).isEqualTo(new ColumnIds(List.of(1, 2, 4), 4));
    }

    @Test
    void keepsTheIdOfARenamedColumn() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("a", "z", "c"), Map.of("z", 2));

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 2, 3), 3));
    }

    @Test
    void followsTwoColumnsThatSwapTheirNames() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("b", "a", "c"), Map.of("b", 1, "a", 2));

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 2, 3), 3));
    }

    @Test
    void takesNoIdThatTheTableNeverHad() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("a", "z"), Map.of("z", 9));

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 4), 4));
    }

    private static List<Column> columns(String... names) {
        return Stream.of(names).map(name -> Column.physical(name, "INT")).toList();
    }
}
