package io.millrace.api.sql;

import java.util.List;

/**
 * Where the rows of one sink or view come from.
 *
 * @param target the table written, or the view
 * @param inputs what is read, each once
 * @param columns the target's columns in order
 * @param indirect the columns that decide which rows there are or which value is taken
 * @param complete false when something was not understood; then there may be more edges than there should be, and
 *     {@code reasons} says why
 */
public record Lineage(
        ObjectRef target,
        List<LineageInput> inputs,
        List<LineageColumn> columns,
        List<LineageSource> indirect,
        boolean complete,
        List<String> reasons) {}
