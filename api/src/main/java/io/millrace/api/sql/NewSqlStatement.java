package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

/**
 * One statement to be run in a session.
 *
 * @param sql exactly one statement, or BEGIN STATEMENT SET … END
 * @param maxRows most rows that a query returns before it is cancelled, 1 to 100,000; default 10,000
 * @param maxSeconds longest time that a query may run, 1 to 3,600 s; default 300
 */
public record NewSqlStatement(
        String sql, @Nullable Integer maxRows, @Nullable Integer maxSeconds) {}
