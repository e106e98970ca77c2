package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

class AtOnceTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void allCasesRunAtTheSameTime() {
        CyclicBarrier all = new CyclicBarrier(3);

        List<DynamicTest> tests = AtOnce.forEach(List.of("a", "b", "c"), LIMIT, each -> all.await());

        assertThat(tests).extracting(DynamicTest::getDisplayName).containsExactly("a", "b", "c");
        assertThat(tests)
                .allSatisfy(
                        each -> assertThatCode(each.getExecutable()::execute).doesNotThrowAnyException());
    }

    @Test
    void aCaseThatFailsIsATestThatFails() {
        List<DynamicTest> tests =
                AtOnce.forEach(List.of(1, 2), LIMIT, each -> assertThat(each).isEqualTo(1));

        assertThatCode(tests.get(0).getExecutable()::execute).doesNotThrowAnyException();
        assertThatThrownBy(tests.get(1).getExecutable()::execute)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2");
    }

    @Test
    void aCaseThatDoesNotEndIsATestThatFails() {
        List<DynamicTest> tests =
                AtOnce.forEach(List.of("endless"), Duration.ofMillis(50), each -> new CountDownLatch(1).await());

        assertThatThrownBy(tests.get(0).getExecutable()::execute).hasMessage("did not end within PT0.05S");
    }
}
