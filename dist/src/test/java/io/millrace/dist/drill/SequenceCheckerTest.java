package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class SequenceCheckerTest {
    private final SequenceChecker checker = new SequenceChecker();

    private void see(String key, long... numbers) {
        for (long number : numbers) {
            checker.see(key, number, true);
        }
    }

    @Test
    void allIsWellWhenEachNumberComesOnceAndInOrder() {
        see("a", 1, 2);
        see("b", 1);
        see("a", 3);

        assertThat(checker.against(Map.of("a", 3L, "b", 1L)).clean()).isTrue();
        assertThat(checker.reached(Map.of("a", 3L, "b", 1L))).isTrue();
    }

    @Test
    void oneLossDoesNotHideBehindOneRepetition() {
        see("a", 1, 1, 3);

        SequenceChecker.Report report = checker.against(Map.of("a", 3L));

        assertThat(report).isEqualTo(new SequenceChecker.Report(3, 1, 1, 0, 0));
        assertThat(report).hasToString("3 records: 1 lost, 1 twice, 0 out of order, 0 damaged");
    }

    @Test
    void theEndOfAKeyMayBeLostAndAWholeKeyToo() {
        see("a", 1);

        assertThat(checker.against(Map.of("a", 2L, "b", 5L)).lost()).isEqualTo(6);
        assertThat(checker.reached(Map.of("a", 2L))).isFalse();
        assertThat(checker.reached(Map.of("b", 5L))).isFalse();
    }

    @Test
    void aRecordThatComesAfterALaterOneIsOutOfOrder() {
        see("a", 1, 3, 2);

        assertThat(checker.against(Map.of("a", 3L))).isEqualTo(new SequenceChecker.Report(3, 0, 0, 1, 0));
    }

    @Test
    void aChangedRecordIsDamaged() {
        checker.see("a", 1, false);

        assertThat(checker.against(Map.of("a", 1L)).damaged()).isEqualTo(1);
    }
}
