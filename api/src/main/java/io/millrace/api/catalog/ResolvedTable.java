package io.millrace.api.catalog;

import java.util.List;
import java.util.Map;

/**
 * The real connector of a table with all its options, secrets included. Internal: only Flink processes get it.
 *
 * @param options complete, {@code connector} included
 * @param hintable keys that a statement may change for itself; those that end with {@code .*} are prefixes
 * @param denied which of {@code READ} and {@code WRITE} is not to be done, with a sentence that says why
 */
public record ResolvedTable(
        String ref, Map<String, String> options, List<String> hintable, Map<String, String> denied) {
    public ResolvedTable {
        hintable = hintable == null ? List.of() : List.copyOf(hintable);
        denied = denied == null ? Map.of() : Map.copyOf(denied);
    }

    @Override
    public String toString() {
        return "ResolvedTable[" + ref + ", " + options.keySet() + "]";
    }
}
