package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** Names one registered function for good: the same across changes, never given twice. */
public record FunctionId(String value) {
    public FunctionId {
        requireNonNull(value, "value");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the id of a function is not empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
