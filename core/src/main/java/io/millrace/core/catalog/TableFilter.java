package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Which tables or functions of a database somebody wants to see, sorted by name.
 *
 * @param text part of the names, in any case; empty for all
 * @param after names behind this one; empty from the first
 * @param limit at most so many
 */
public record TableFilter(String text, String after, int limit) {
    /** All tables. */
    public static final TableFilter ALL = new TableFilter("", "", Integer.MAX_VALUE);

    public TableFilter {
        requireNonNull(text, "text");
        requireNonNull(after, "after");
        if (limit < 1) {
            throw new IllegalArgumentException("limit is at least 1, got " + limit);
        }
    }

    /** Whether a table is wanted, the limit apart. */
    public boolean takes(TableName name) {
        return takes(name.value());
    }

    /** Whether a function is wanted, the limit apart. */
    public boolean takes(FunctionName name) {
        return takes(name.value());
    }

    private boolean takes(String name) {
        return name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)) && name.compareTo(after) > 0;
    }
}
