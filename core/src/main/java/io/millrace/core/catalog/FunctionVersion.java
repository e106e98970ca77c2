package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** One entry of a function's history: what it was from then on, and how it came to be so. */
public record FunctionVersion(RegisteredFunction function, Change change) {
    public FunctionVersion {
        requireNonNull(function, "function");
        requireNonNull(change, "change");
    }
}
