package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

/** What people call a cluster on which jobs run. */
public record TargetName(String value) {
    /** The cluster that Millrace starts by default. */
    public static final TargetName LOCAL = new TargetName("local");

    public TargetName {
        requireNonNull(value, "value");
        if (value.isBlank()) {
            throw new IllegalArgumentException("a target needs a name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
