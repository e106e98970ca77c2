package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ColumnIdsTest {
    private static final List<Column> ABC = columns("a", "b", "c");
    private static final Map<String, String> ABC_KEYS = Map.of("a", "k1", "b", "k2", "c", "k3");

    @Test
    void keepsTheIdsOfColumnsThatKeepTheirNames() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("c", "x", "a"), Map.of(), Map.of());

        assertThat(next).isEqualTo(new ColumnIds(List.of(3, 4, 1), 4));
    }

    @Test
    void neverGivesAnIdAgain() {
        ColumnIds dropped = ColumnIds.first(3).next(ABC, columns("a", "b"), Map.of(), Map.of());
        ColumnIds added = dropped.next(columns("a", "b"), ABC, Map.of(), Map.of());

        assertThat(added).isEqualTo(new ColumnIds(List.of(1, 2, 4), 4));
    }

    @Test
    void keepsTheIdOfARenamedColumn() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("a", "z", "c"), Map.of("z", 2), Map.of());

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 2, 3), 3));
    }

    @Test
    void followsTwoColumnsThatSwapTheirNames() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("b", "a", "c"), Map.of("b", 1, "a", 2), Map.of());

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 2, 3), 3));
    }

    @Test
    void takesNoIdThatTheTableNeverHad() {
        ColumnIds next = ColumnIds.first(3).next(ABC, columns("a", "z"), Map.of("z", 9), Map.of());

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 4), 4));
    }

    @Test
    void followsAColumnThatItsStoreRenamed() {
        ColumnIds next = seen("a", "z", "c").next(columns("a", "z", "c"), columns("a", "b", "c"), Map.of(), ABC_KEYS);

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 2, 3), 3, Map.of(1, "k1", 2, "k2", 3, "k3")));
    }

    @Test
    void followsTwoColumnsThatTheirStoreLetSwapTheirNames() {
        ColumnIds next = seen("a", "b", "c").next(ABC, columns("a", "c", "b"), Map.of(), keys("a:k1", "c:k2", "b:k3"));

        assertThat(next.inOrder()).containsExactly(1, 2, 3);
        ColumnIds inPlace = seen("a", "b", "c").next(ABC, ABC, Map.of(), keys("a:k1", "b:k3", "c:k2"));
        assertThat(inPlace.inOrder()).as("nothing but the keys differs").containsExactly(1, 3, 2);
    }

    @Test
    void tellsAColumnFromANewOneOfItsName() {
        ColumnIds next = seen("a", "b", "c").next(ABC, columns("a", "c", "b"), Map.of(), keys("a:k1", "c:k3", "b:k4"));

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 3, 4), 4, Map.of(1, "k1", 3, "k3", 4, "k4")));
    }

    @Test
    void followsARenamedColumnWhoseOldNameAnotherHasNow() {
        ColumnIds next =
                seen("a", "b", "c").next(ABC, columns("a", "old", "b"), Map.of(), keys("a:k1", "old:k2", "b:k4"));

        assertThat(next.inOrder()).containsExactly(1, 2, 4);
    }

    @Test
    void goesByTheNamesOfColumnsWithoutKeys() {
        ColumnIds adopted = ColumnIds.first(3).next(ABC, ABC, Map.of(), ABC_KEYS);
        assertThat(adopted).as("known before there were keys").isEqualTo(seen("a", "b", "c"));

        ColumnIds half = new ColumnIds(List.of(1, 2, 3), 3, Map.of(1, "k1"));
        assertThat(half.next(ABC, columns("z", "b", "c"), Map.of(), keys("z:k1", "b:k2", "c:k3")))
                .isEqualTo(seen("z", "b", "c"));
    }

    @Test
    void keepsTheKeysOfWhatTheStoreDoesNotShow() {
        assertThat(seen("a", "b", "c").next(ABC, columns("c", "a"), Map.of(), Map.of()))
                .isEqualTo(new ColumnIds(List.of(3, 1), 3, Map.of(1, "k1", 3, "k3")));
    }

    @Test
    void believesWhoeverMadeTheChangeBeforeTheStore() {
        ColumnIds next = seen("a", "b", "c").next(ABC, columns("a", "z"), Map.of("z", 3), keys("a:k1", "z:k2"));

        assertThat(next).isEqualTo(new ColumnIds(List.of(1, 3), 3, Map.of(1, "k1", 3, "k2")));
    }

    /** Of three columns, as the store showed them first. */
    private static ColumnIds seen(String... names) {
        return ColumnIds.first(3)
                .next(
                        columns(names),
                        columns(names),
                        Map.of(),
                        keys(names[0] + ":k1", names[1] + ":k2", names[2] + ":k3"));
    }

    private static Map<String, String> keys(String... all) {
        return Stream.of(all).map(each -> each.split(":")).collect(Collectors.toMap(each -> each[0], each -> each[1]));
    }

    private static List<Column> columns(String... names) {
        return Stream.of(names).map(name -> Column.physical(name, "INT")).toList();
    }
}
