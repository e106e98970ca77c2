package io.millrace.server.lineage;

import io.millrace.api.Json;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.Flows;
import io.millrace.core.lineage.MadeFlow;
import io.millrace.core.lineage.Maker;
import io.millrace.core.workspace.WorkspaceId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Flows in PostgreSQL: one document each, with the keys that are searched for beside it. */
final class SqlFlows implements Flows {
    private static final String MADE_NOW = """
            LEFT JOIN job j ON j.id = f.job_id
            LEFT JOIN workspace w ON w.id = j.workspace_id
            LEFT JOIN catalog_table t ON t.id = f.view_id
            LEFT JOIN catalog_database d ON d.id = t.database_id
            WHERE ((f.version = j.version AND j.deleted_at IS NULL)
                    OR EXISTS (SELECT FROM attempt a
                        WHERE a.job_id = f.job_id AND a.version = f.version AND a.state <> 'ENDED')
                    OR (f.view_id IS NOT NULL AND t.dropped_at IS NULL))
            """;

    private static final String MAKER = """
            SELECT f.job_id, j.workspace_id, f.view_id, f.version,
                coalesce(w.name || '.' || j.name, d.catalog || '.' || d.name || '.' || t.name) AS maker
            """;

    private static final String CURRENT =
            MAKER + ", f.place, f.line, f.flow, f.column_ids FROM lineage_flow f " + MADE_NOW;

    private static final String CALLERS = MAKER + " FROM lineage_call f " + MADE_NOW + """
                AND f.function = :function
            ORDER BY maker, f.version
            """;

    private static final String INTO = CURRENT + """
                AND f.target = ANY (:tables)
            ORDER BY maker, f.version, f.place
            """;

    private static final String FROM = CURRENT + """
                AND f.id IN (SELECT r.flow_id FROM lineage_read r WHERE r.source = ANY (:tables))
            ORDER BY maker, f.version, f.place
            """;

    private static final String OF_JOB = CURRENT + """
                AND f.job_id = CAST(:job AS uuid) AND f.version = :version
            ORDER BY f.place
            """;

    private static final String TABLES_OF = """
            SELECT t.id FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            WHERE d.catalog = :catalog AND d.name = coalesce(:database, d.name) AND t.dropped_at IS NULL
                AND EXISTS (SELECT FROM lineage_read r WHERE r.source = t.id)
            """;

    private static final String KEY = """
            SELECT t.id FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            WHERE d.catalog = :catalog AND d.name = :database AND t.name = :name
                AND d.dropped_at IS NULL AND t.dropped_at IS NULL
            """;

    /** Tables that a job was to create have an id by now: from here on they are known by it. */
    private static final String ADOPT_TARGETS = """
            UPDATE lineage_flow f
            SET target = t.id, flow = jsonb_set(f.flow, '{target,key}', to_jsonb(t.id)),
                column_ids = f.column_ids || jsonb_build_object(t.id, coalesce(
                    (SELECT jsonb_object_agg(
                        c.value ->> 'name', coalesce((c.value ->> 'id')::integer, c.ordinality::integer))
                    FROM jsonb_array_elements(t.definition -> 'columns') WITH ORDINALITY AS c), '{}'))
            FROM catalog_table t JOIN catalog_database d ON d.id = t.database_id
            WHERE f.flow -> 'target' ->> 'key' = f.target AND NOT (f.flow -> 'target' ->> 'temporary')::boolean
                AND f.target = d.catalog || '.' || d.name || '.' || t.name
                AND t.dropped_at IS NULL AND d.dropped_at IS NULL
            """;

    private static final String INSERT_FLOW = """
            INSERT INTO lineage_flow (job_id, view_id, version, place, line, target, flow, column_ids)
            VALUES (CAST(:job AS uuid), :view, :version, :place, :line, :target, CAST(:flow AS jsonb),
                CAST(:columnIds AS jsonb))
            RETURNING id
            """;

    private static final String INSERT_CALL = """
            INSERT INTO lineage_call (job_id, view_id, version, function)
            VALUES (CAST(:job AS uuid), :view, :version, :function)
            """;

    private static final String DONE = """
            INSERT INTO lineage_analysis (job_id, view_id, version, failures, analysed_at)
            VALUES (CAST(:job AS uuid), :view, :version, 0, :now)
            """;

    private final Jdbi jdbi;

    SqlFlows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public List<MadeFlow> into(Collection<String> tables) {
        return flows(INTO, tables);
    }

    @Override
    public List<MadeFlow> from(Collection<String> tables) {
        return flows(FROM, tables);
    }

    private List<MadeFlow> flows(String query, Collection<String> tables) {
        return jdbi.withHandle(handle -> {
            List<Row> rows = handle.createQuery(query)
                    .bindArray("tables", String.class, tables.toArray())
                    .map((row, context) -> row(row))
                    .list();
            Set<String> known = new HashSet<>();
            rows.forEach(row -> known.addAll(row.kept().ids().keySet()));
            SqlColumns columns = SqlColumns.read(handle, known);
            return rows.stream().map(row -> row.made(columns.named(row.kept()))).toList();
        });
    }

    /** Those of one version of a job, if it is current, with the names that its script has for columns. */
    List<MadeFlow> of(String job, long version) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_JOB)
                .bind("job", job)
                .bind("version", version)
                .map((row, context) -> row(row))
                .map(row -> row.made(row.kept().flow()))
                .list());
    }

    /** The current jobs and views that call a function, by its full name. */
    List<Maker> callers(String function) {
        return jdbi.withHandle(handle -> handle.createQuery(CALLERS)
                .bind("function", function)
                .map((row, context) -> maker(row))
                .list());
    }

    /** The id of a table or view that is there. */
    Optional<String> key(String catalog, String database, String name) {
        return jdbi.withHandle(handle -> handle.createQuery(KEY)
                .bind("catalog", catalog)
                .bind("database", database)
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
    }

    /** The tables of a database or, without one, of a catalog that are read by anybody. */
    Set<String> tables(String catalog, Optional<String> database) {
        return jdbi.withHandle(handle -> handle.createQuery(TABLES_OF)
                .bind("catalog", catalog)
                .bind("database", database.orElse(null))
                .mapTo(String.class)
                .set());
    }

    /** The names of a table's columns; none if they are not known. */
    Collection<String> columns(String table) {
        return jdbi.withHandle(handle -> SqlColumns.read(handle, List.of(table)).names(table));
    }

    /** Replaces what is known of one version of a job, or of a view in any version. May be repeated. */
    void replace(Maker maker, List<MadeFlow> flows, Set<String> functions, Instant now) {
        jdbi.useTransaction(handle -> {
            List.of("lineage_flow", "lineage_call", "lineage_analysis").forEach(table -> delete(handle, table, maker));
            handle.createUpdate(DONE)
                    .bind("job", job(maker))
                    .bind("view", view(maker))
                    .bind("version", maker.version())
                    .bind("now", utc(now))
                    .execute();
            flows.forEach(made -> insert(handle, made));
            functions.forEach(function -> handle.createUpdate(INSERT_CALL)
                    .bind("job", job(maker))
                    .bind("view", view(maker))
                    .bind("version", maker.version())
                    .bind("function", function)
                    .execute());
        });
    }

    private static void delete(Handle handle, String table, Maker maker) {
        String condition = maker.kind() == Maker.Kind.JOB
                ? "job_id = CAST(:job AS uuid) AND version = :version"
                : "view_id = :view";
        handle.createUpdate("DELETE FROM <table> WHERE <condition>")
                .define("table", table)
                .define("condition", condition)
                .bind("job", job(maker))
                .bind("view", view(maker))
                .bind("version", maker.version())
                .execute();
    }

    private static void insert(Handle handle, MadeFlow made) {
        SqlColumns columns = SqlColumns.read(handle, SqlColumns.tables(made.flow()));
        long id = handle.createQuery(INSERT_FLOW)
                .bind("job", job(made.maker()))
                .bind("view", view(made.maker()))
                .bind("version", made.maker().version())
                .bind("place", made.place())
                .bind("line", made.line())
                .bind("target", made.flow().target().key())
                .bind("flow", Json.write(made.flow()))
                .bind("columnIds", Json.write(columns.idsOf(made.flow())))
                .mapTo(Long.class)
                .one();
        Set<String> sources = new HashSet<>();
        made.flow().inputs().forEach(input -> sources.add(input.table().key()));
        for (String source : sources) {
            handle.createUpdate("INSERT INTO lineage_read (flow_id, source) VALUES (:id, :source)")
                    .bind("id", id)
                    .bind("source", source)
                    .execute();
        }
    }

    /** Notes that the analysis of a version failed and when to try again. What is known of the version stays. */
    void failed(Maker maker, String reason, int failures, Instant retry, Instant now) {
        jdbi.useTransaction(handle -> {
            delete(handle, "lineage_analysis", maker);
            List.of("lineage_flow", "lineage_call")
                    .forEach(table -> handle.createUpdate(
                                    "DELETE FROM <table> WHERE view_id = :view AND version <> :version")
                            .define("table", table)
                            .bind("view", view(maker))
                            .bind("version", maker.version())
                            .execute());
            handle.createUpdate("""
                            INSERT INTO lineage_analysis
                                (job_id, view_id, version, reason, failures, retry_at, analysed_at)
                            VALUES (CAST(:job AS uuid), :view, :version, :reason, :failures, :retry, :now)
                            """)
                    .bind("job", job(maker))
                    .bind("view", view(maker))
                    .bind("version", maker.version())
                    .bind("reason", reason)
                    .bind("failures", failures)
                    .bind("retry", utc(retry))
                    .bind("now", utc(now))
                    .execute();
        });
    }

    void adopt() {
        jdbi.useHandle(handle -> handle.createUpdate(ADOPT_TARGETS).execute());
    }

    private static @Nullable String job(Maker maker) {
        return maker.kind() == Maker.Kind.JOB ? maker.id() : null;
    }

    private static @Nullable String view(Maker maker) {
        return maker.kind() == Maker.Kind.VIEW ? maker.id() : null;
    }

    private record Row(Maker maker, int place, int line, SqlColumns.Kept kept) {
        MadeFlow made(Flow flow) {
            return new MadeFlow(maker, place, line, flow);
        }
    }

    private static Maker maker(ResultSet row) throws SQLException {
        String job = row.getString("job_id");
        String name = row.getString("maker");
        long version = row.getLong("version");
        return job == null
                ? Maker.view(row.getString("view_id"), name, version)
                : Maker.job(new WorkspaceId(row.getObject("workspace_id", UUID.class)), job, name, version);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                maker(row),
                row.getInt("place"),
                row.getInt("line"),
                SqlColumns.Kept.of(row.getString("flow"), row.getString("column_ids")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
