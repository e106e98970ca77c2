package io.millrace.api.catalog;

import java.util.Map;

/**
 * The real connector of a table with all its options, secrets included. Internal: only Flink processes get it.
 *
 * @param options complete, {@code connector} included
 */
public record ResolvedTable(String ref, Map<String, String> options) {
    @Override
    public String toString() {
        return "ResolvedTable[" + ref + ", " + options.keySet() + "]";
    }
}
