package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/**
 * Names one table for good: the same across renames, never given twice. Opaque to everybody but the catalog that gave
 * it.
 */
public record TableId(String value) {
    public TableId {
        requireNonNull(value, "value");
        if (value.isEmpty() || value.indexOf('@') >= 0) {
            throw new IllegalArgumentException("not the id of a table: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
