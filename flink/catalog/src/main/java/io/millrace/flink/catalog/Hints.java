package io.millrace.flink.catalog;

import io.millrace.api.catalog.ResolvedTable;
import org.apache.flink.table.api.ValidationException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an {@code OPTIONS} hint may change. Flink merges hints into the table's options before the connector sees
 * them, so a hint shows as a difference to what the metastore has. Only keys that say <em>how</em> to read or write
 * may differ; where the data is, and who connects, is the platform's.
 */
final class Hints {
    private Hints() {}

    static Map<String, String> changes(Map<String, String> given, ResolvedTable table) {
        Map<String, String> stored = table.options();
        Map<String, String> changes = new TreeMap<>();
        given.forEach((key, value) -> {
            if (!References.isOurs(key) && !value.equals(stored.get(key))) {
                changes.put(key, check(key, value, table.hintable()));
            }
        });
        return changes;
    }

    private static String check(String key, String value, List<String> hintable) {
        if (hintable.stream().anyMatch(allowed -> matches(allowed, key))) {
            return value;
        }
        throw new ValidationException("Option '" + key + "' cannot be given as a hint: it is part of the table's"
                + " definition. "
                + (hintable.isEmpty()
                        ? "Tables of this connector take no hints."
                        : "Hints may change: " + String.join(", ", hintable) + "."));
    }

    private static boolean matches(String allowed, String key) {
        return allowed.endsWith(".*")
                ? key.length() >= allowed.length() && key.startsWith(allowed.substring(0, allowed.length() - 1))
                : key.equals(allowed);
    }
}
