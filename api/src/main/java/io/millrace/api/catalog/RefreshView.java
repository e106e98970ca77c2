package io.millrace.api.catalog;

import java.util.List;

/**
 * What a look at the tables of a store brought. Tables are given as {@code database.table}.
 *
 * @param unchanged how many are as they were
 * @param unmappable tables that Flink cannot have
 */
public record RefreshView(
        List<String> added, List<String> changed, List<String> gone, int unchanged, List<UnmappableTable> unmappable) {

    /** A table that Flink cannot have, and why. */
    public record UnmappableTable(String table, String code, String reason) {}
}
