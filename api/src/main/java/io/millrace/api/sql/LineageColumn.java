package io.millrace.api.sql;

import java.util.List;

/**
 * Where one column comes from.
 *
 * @param expression what makes it, in the names of the inputs' columns; long ones are cut short with an ellipsis
 * @param sources by input and column; empty for a constant
 */
public record LineageColumn(String name, String expression, List<LineageSource> sources) {}
