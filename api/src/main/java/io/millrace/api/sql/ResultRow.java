package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A row of a result.
 *
 * @param op the change: {@code +I}, {@code -U}, {@code +U} or {@code -D}
 * @param values numbers, booleans and null as such; dates, times, decimals and binaries as text; nested values as JSON
 */
public record ResultRow(String op, List<@Nullable Object> values) {}
