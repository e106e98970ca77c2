package io.millrace.api.lineage;

import java.util.List;

/**
 * The lineage around one table.
 *
 * @param table the id of the table asked for
 * @param truncated whether a limit ended the walk
 * @param incomplete why something may be missing or too much, for people
 */
public record LineageGraphView(
        String table,
        List<LineageTableView> tables,
        List<LineageFlowView> flows,
        List<LineageEdgeView> edges,
        boolean truncated,
        List<String> incomplete) {}
