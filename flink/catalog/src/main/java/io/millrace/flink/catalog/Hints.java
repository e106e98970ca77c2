package io.millrace.flink.catalog;

import org.apache.flink.table.api.ValidationException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an {@code OPTIONS} hint may change. Flink merges hints into the table's options before the connector sees
 * them, so a hint shows as a difference to what the metastore has. Only keys that say <em>how</em> to read or write
 * may differ; where the data is, and who connects, is the platform's.
 */
final class Hints {
    private static final Set<String> EXACT = Set.of(
            "properties.group.id",
            "properties.auto.offset.reset",
            "properties.max.poll.records",
            // Of Iceberg's tables.
            "streaming",
            "monitor-interval",
            "starting-strategy",
            "snapshot-id",
            "as-of-timestamp",
            "start-snapshot-id",
            "end-snapshot-id",
            "branch",
            "tag",
            "upsert-enabled");
    private static final List<String> PREFIXES = List.of(
            "scan.",
            "source.",
            "lookup.",
            "sink.",
            "partition.",
            "csv.",
            "json.",
            "avro.",
            "parquet.",
            "raw.",
            "value.");

    private Hints() {}

    static Map<String, String> changes(Map<String, String> given, Map<String, String> stored) {
        Map<String, String> changes = new TreeMap<>();
        given.forEach((key, value) -> {
            if (!References.isOurs(key) && !value.equals(stored.get(key))) {
                changes.put(key, check(key, value));
            }
        });
        return changes;
    }

    private static String check(String key, String value) {
        if (EXACT.contains(key) || PREFIXES.stream().anyMatch(key::startsWith)) {
            return value;
        }
        throw new ValidationException("Option '" + key + "' cannot be given as a hint: it is part of the table's"
                + " definition. Hints may change how rows are read or written (keys that begin with "
                + String.join(", ", PREFIXES) + ").");
    }
}
