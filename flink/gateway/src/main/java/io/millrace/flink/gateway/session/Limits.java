package io.millrace.flink.gateway.session;

import io.millrace.api.sql.NewSqlStatement;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** How much of a query's result is fetched before the query is cancelled. */
record Limits(int rows, long bytes, Duration time) {
    private static final long MOST_BYTES = 16L << 20;

    static Limits of(NewSqlStatement statement) {
        return new Limits(
                within("maxRows", statement.maxRows(), 10_000, 100_000),
                MOST_BYTES,
                Duration.ofSeconds(within("maxSeconds", statement.maxSeconds(), 300, 3_600)));
    }

    private static int within(String name, @Nullable Integer value, int usual, int most) {
        if (value == null) {
            return usual;
        }
        if (value < 1 || value > most) {
            throw new GatewayException(
                    Code.REQUEST_INVALID, "'" + name + "' must be from 1 to " + most + ", not " + value + ".");
        }
        return value;
    }
}
