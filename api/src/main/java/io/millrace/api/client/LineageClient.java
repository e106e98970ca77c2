package io.millrace.api.client;

import io.millrace.api.lineage.LineageGraphView;
import io.millrace.api.lineage.LineageImpactView;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What depends on what. */
public final class LineageClient {
    private final Rest rest;

    LineageClient(Rest rest) {
        this.rest = rest;
    }

    /**
     * What a table comes from and what comes of it.
     *
     * @param path catalog, database and table
     * @param direction UPSTREAM, DOWNSTREAM or BOTH
     * @param depth how many statements far; null for the server's default
     * @param column one column; null for all
     */
    public LineageGraphView table(
            List<String> path, String direction, @Nullable Integer depth, @Nullable String column) {
        return rest.get("/lineage/tables/{}/{}/{}", path.get(0), path.get(1), path.get(2))
                .query("direction", direction)
                .query("depth", depth)
                .query("columns", column)
                .as(LineageGraphView.class);
    }

    /** Who reads a table, or one column of it. */
    public LineageImpactView impact(String table, @Nullable String column) {
        return rest.get("/lineage/impact")
                .query("table", table)
                .query("column", column)
                .as(LineageImpactView.class);
    }
}
