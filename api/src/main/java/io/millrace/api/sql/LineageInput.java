package io.millrace.api.sql;

import java.util.List;

/**
 * A table or view that a statement reads.
 *
 * @param view whether it is a view; what a view reads is among the inputs too
 * @param columns those that the statement mentions, even where nothing comes of them, sorted. None in an
 *     incomplete lineage means that it may be any
 */
public record LineageInput(ObjectRef table, boolean view, List<String> columns) {}
