package io.millrace.api.lineage;

import java.util.List;

/**
 * A table, view or temporary table in a graph.
 *
 * @param id what edges and flows call it; opaque
 * @param columns those that the graph's edges touch, sorted
 */
public record LineageTableView(
        String id, String catalog, String database, String name, boolean temporary, List<String> columns) {}
