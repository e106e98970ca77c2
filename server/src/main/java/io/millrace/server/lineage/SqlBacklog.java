package io.millrace.server.lineage;

import io.millrace.api.Json;
import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.Maker;
import io.millrace.core.workspace.WorkspaceId;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is still to be analysed: views as they are, and versions of jobs that were applied while the metastore or the
 * server failed, or before there was lineage. And what is planned anew over tables that have changed: a view with each
 * use, a job when it starts.
 */
final class SqlBacklog {
    private static final String JOBS = """
            SELECT j.id, j.workspace_id, w.name || '.' || j.name AS name, v.version, v.script, coalesce(a.failures, 0) AS failures
            FROM job j
            JOIN workspace w ON w.id = j.workspace_id
            JOIN job_version v ON v.job_id = j.id AND v.version = j.version
            LEFT JOIN lineage_analysis a ON a.job_id = j.id AND a.version = v.version
            WHERE j.deleted_at IS NULL AND (a.version IS NULL OR a.retry_at <= :now OR (j.id, v.version) IN (
                SELECT s.job_id, s.version
                FROM attempt s
                JOIN lineage_analysis b ON b.job_id = s.job_id AND b.version = s.version
                WHERE s.state <> 'ENDED' AND s.last_sent_at > b.analysed_at AND EXISTS (
                    SELECT FROM lineage_flow f
                    JOIN lineage_read r ON r.flow_id = f.id
                    JOIN catalog_table t ON t.id = r.source
                    WHERE f.job_id = s.job_id AND f.version = s.version
                        AND greatest(t.changed_at, t.dropped_at) > b.analysed_at)))
            ORDER BY j.id
            LIMIT :limit
            """;

    private static final String VIEWS = """
            SELECT t.id, d.catalog, d.name AS database, t.name, t.version, t.definition,
                coalesce(a.failures, 0) AS failures
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            LEFT JOIN lineage_analysis a ON a.view_id = t.id AND a.version = t.version
            WHERE t.view AND t.dropped_at IS NULL AND (a.version IS NULL OR a.retry_at <= :now OR EXISTS (
                SELECT FROM lineage_flow f
                JOIN lineage_read r ON r.flow_id = f.id
                JOIN catalog_table b ON b.id = r.source
                WHERE f.view_id = t.id AND greatest(b.changed_at, b.dropped_at) > a.analysed_at))
            ORDER BY t.id
            LIMIT :limit
            """;

    /** Analyses that failed and wait to be tried again, for people. */
    private static final String FAILED = """
            SELECT coalesce('job ' || w.name || '.' || j.name, 'view ' || d.catalog || '.' || d.name || '.' || t.name) AS who, a.reason
            FROM lineage_analysis a
            LEFT JOIN job j ON j.id = a.job_id AND j.version = a.version AND j.deleted_at IS NULL
            LEFT JOIN workspace w ON w.id = j.workspace_id
            LEFT JOIN catalog_table t ON t.id = a.view_id AND t.version = a.version AND t.dropped_at IS NULL
            LEFT JOIN catalog_database d ON d.id = t.database_id
            WHERE a.reason IS NOT NULL AND (j.id IS NOT NULL OR t.id IS NOT NULL)
            ORDER BY who
            LIMIT 100
            """;

    private final Jdbi jdbi;

    SqlBacklog(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A script to analyse for a job or a view; {@code failures} is how often that failed before. */
    record Task(Maker maker, Optional<LineageTable> view, String script, int failures) {}

    List<Task> due(Instant now, int limit) {
        return jdbi.withHandle(handle -> {
            List<Task> tasks = new ArrayList<>(handle.createQuery(JOBS)
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("limit", limit)
                    .map((row, context) -> new Task(
                            Maker.job(
                                    new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                                    row.getString("id"),
                                    row.getString("name"),
                                    row.getLong("version")),
                            Optional.empty(),
                            row.getString("script"),
                            row.getInt("failures")))
                    .list());
            tasks.addAll(handle.createQuery(VIEWS)
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .bind("limit", limit)
                    .map((row, context) -> view(row))
                    .list());
            return tasks;
        });
    }

    private static Task view(ResultSet row) throws SQLException {
        String id = row.getString("id");
        var table =
                new LineageTable(id, row.getString("catalog"), row.getString("database"), row.getString("name"), false);
        return new Task(
                Maker.view(id, table.path(), row.getLong("version")),
                Optional.of(table),
                script(row.getString("definition")),
                row.getInt("failures"));
    }

    List<String> failures() {
        return jdbi.withHandle(handle -> handle.createQuery(FAILED)
                .map((row, context) -> row.getString("who") + ": " + row.getString("reason"))
                .list());
    }

    /** The view's query as a statement that the gateway gives the lineage of. */
    private static String script(String json) {
        try {
            TableDefinition view = Json.lenient().readValue(json, TableDefinition.class);
            String columns = view.columns().stream()
                    .map(ColumnView::name)
                    .map(name -> "`" + name.replace("`", "``") + "`")
                    .collect(Collectors.joining(", "));
            String query = view.view() == null ? "" : view.view().expanded();
            return "CREATE TEMPORARY VIEW `millrace_lineage` (" + columns + ") AS " + query;
        } catch (IOException e) {
            throw new UncheckedIOException("the definition of a view is damaged", e);
        }
    }
}
