package io.millrace.api.catalog;

import java.time.Instant;

/**
 * A table that was dropped.
 *
 * @param restorable false if its store dropped it too
 */
public record DroppedTableView(
        String id, String name, TableKind kind, boolean restorable, String author, Instant droppedAt, String summary) {}
