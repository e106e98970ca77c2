package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** A watermark strategy: the row-time column and the SQL expression of its watermark. */
public record Watermark(String column, String expression) {
    public Watermark {
        requireNonNull(column, "column");
        requireNonNull(expression, "expression");
    }
}
