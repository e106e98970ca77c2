package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * When a rule holds: another option has a value, given or by default.
 *
 * @param value the value that it must have, or {@code *} for any
 */
public record OptionCondition(String option, String value) {
    public OptionCondition {
        requireNonNull(option, "option");
        requireNonNull(value, "value");
    }

    boolean holds(Map<String, String> effective) {
        String actual = effective.get(option);
        return actual != null && (value.equals("*") || value.equals(actual));
    }

    @Override
    public String toString() {
        return value.equals("*") ? "'" + option + "' is set" : "'" + option + "' is '" + value + "'";
    }
}
