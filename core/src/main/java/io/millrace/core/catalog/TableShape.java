package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What tables of a connector may look like apart from their options.
 *
 * @param keyFormats formats of which one is needed for a primary key; empty for any
 * @param keyHint what to do about a wrong primary key
 * @param watermarks whether event time makes sense: not if the table is read once and never followed
 */
public record TableShape(
        KeyRule primaryKey, List<String> keyFormats, String keyHint, boolean partitions, boolean watermarks) {
    public TableShape {
        requireNonNull(primaryKey, "primaryKey");
        keyFormats = List.copyOf(keyFormats);
        requireNonNull(keyHint, "keyHint");
    }

    /** Whether tables have a primary key. */
    public enum KeyRule {
        REQUIRED,
        OPTIONAL,
        FORBIDDEN
    }
}
