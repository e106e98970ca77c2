package io.millrace.api.lineage;

import io.millrace.api.sql.LineageKind;
import org.jspecify.annotations.Nullable;

/**
 * From a column to a column.
 *
 * @param flow the id of the flow that makes it
 * @param source the id of a table
 * @param target the id of a table
 * @param targetColumn null when the source decides about all columns of the target
 * @param expression what makes the target's column; null without one
 */
public record LineageEdgeView(
        String flow,
        String source,
        String sourceColumn,
        String target,
        @Nullable String targetColumn,
        LineageKind kind,
        @Nullable String expression) {}
