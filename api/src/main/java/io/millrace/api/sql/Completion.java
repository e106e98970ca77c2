package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

/**
 * A word that may stand at the cursor.
 *
 * @param kind {@code keyword}, {@code catalog}, {@code database}, {@code table}, {@code column} or {@code function}
 * @param detail such as a column's type
 */
public record Completion(String text, String kind, @Nullable String detail) {}
