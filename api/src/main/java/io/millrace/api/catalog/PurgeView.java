package io.millrace.api.catalog;

import java.util.List;

/**
 * A dropped table that was removed for good, or would be.
 *
 * @param files how many files of its own it had
 * @param bytes their size
 * @param paths the first of them, below the root of the table's store
 */
public record PurgeView(String name, long files, long bytes, List<String> paths) {}
