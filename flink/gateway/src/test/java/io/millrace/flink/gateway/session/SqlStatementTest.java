package io.millrace.flink.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.testkit.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class SqlStatementTest {
    private final TestClock clock = new TestClock();
    private final SqlStatement statement = new SqlStatement("s1", clock);

    private static ResultRow row(int value) {
        return new ResultRow("+I", List.of(value));
    }

    private void fail() {
        statement.fail(new GatewayException(Code.SQL_FAILED, "broken").problem());
    }

    @Test
    void endsOnceAndForGood() {
        clock.advance(Duration.ofSeconds(2));
        statement.finish();
        clock.advance(Duration.ofSeconds(2));
        fail();
        statement.cancel();

        assertThat(statement.view().state()).isEqualTo(SqlStatementState.FINISHED);
        assertThat(statement.view().problem()).isNull();
        assertThat(statement.view().elapsedMillis()).isEqualTo(2000);
    }

    @Test
    void isCancelledWhateverItsThreadMeetsAfterwards() {
        AtomicInteger interrupts = new AtomicInteger();
        statement.onStop(interrupts::incrementAndGet);

        statement.cancel();
        statement.cancel();
        fail();

        assertThat(interrupts).hasValue(1);
        assertThat(statement.view().state()).isEqualTo(SqlStatementState.CANCELED);
    }

    @Test
    void interruptsWorkThatBeginsAfterTheWishToStop() {
        AtomicInteger interrupts = new AtomicInteger();

        statement.cancel();
        statement.onStop(interrupts::incrementAndGet);

        assertThat(interrupts).hasValue(1);
    }

    @Test
    void finishesTruncatedAtALimit() {
        statement.add(row(1));
        statement.stopAtLimit("Stopped after 1 row.");
        fail();

        assertThat(statement.view().state()).isEqualTo(SqlStatementState.FINISHED);
        assertThat(statement.view().truncated()).isTrue();
        assertThat(statement.view().message()).isEqualTo("Stopped after 1 row.");
    }

    @Test
    void givesRowsInPages() {
        statement.add(row(1));
        statement.add(row(2));
        statement.add(row(3));

        ResultPage first = statement.page(null, 2, Duration.ZERO);
        ResultPage second = statement.page(first.nextPageToken(), 2, Duration.ZERO);
        ResultPage empty = statement.page(second.nextPageToken(), 2, Duration.ZERO);
        statement.finish();
        ResultPage last = statement.page(empty.nextPageToken(), 2, Duration.ZERO);

        assertThat(first.items()).containsExactly(row(1), row(2));
        assertThat(second.items()).containsExactly(row(3));
        assertThat(empty.items()).isEmpty();
        assertThat(empty.nextPageToken()).isEqualTo("3");
        assertThat(last.nextPageToken()).isNull();
    }
}
