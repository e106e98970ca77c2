package io.millrace.server.lineage;

import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.Maker;
import io.millrace.core.sql.InMemorySqlGateway;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptStatement;
import io.millrace.core.sql.StatementClass;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.server.access.TestGuards;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real metastore with a gateway that knows what it was told. */
abstract class LineageMetastore {
    protected static Jdbi jdbi;

    protected final InMemorySqlGateway gateway = new InMemorySqlGateway();
    protected final TestClock clock = new TestClock();
    protected LineageService service;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("lineage_analysis", "lineage_flow", "job", "catalog_table", "catalog_database")) {
            jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM <table>")
                    .define("table", table)
                    .execute());
        }
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO catalog_database (id, catalog, name, comment, created_at) VALUES (?, 'c', 'd', '', now())",
                UUID.randomUUID()));
        service = new LineageService(new SqlFlows(jdbi), new SqlBacklog(jdbi), gateway, TestGuards.all(), clock);
    }

    protected static void table(String id, String name, String definition) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO catalog_table (id, database_id, name, version, definition, created_at, changed_at)"
                        + " SELECT ?, id, ?, 1, CAST(? AS jsonb), '2020-01-01Z', '2020-01-01Z' FROM catalog_database",
                id,
                name,
                definition));
    }

    protected static String job(String name, long version, String script) {
        String id = UUID.randomUUID().toString();
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO job (id, workspace_id, name, version, generation, desired, wish, wish_version, wish_savepoint, wish_from, wish_partial,"
                        + " created_at, changed_at, observed, observed_at, reason, failures) VALUES"
                        + " (CAST(? AS uuid), (SELECT id FROM workspace), ?, ?, 1, 'STOPPED', 0, 1, true, 'LATEST', false, now(), now(), 'IDLE', now(), '', 0)",
                id,
                name,
                version));
        version(id, version, script);
        return id;
    }

    protected void record(String job, String name, long version, ScriptAnalysis analysis) {
        service.record(Maker.job(WorkspaceId.DEFAULT, job, "default." + name, version), analysis);
    }

    protected static void version(String job, long version, String script) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO job_version (job_id, version, script, mode, target, parallelism, checkpoint_scheduler,"
                        + " settings, created_at)"
                        + " VALUES (CAST(? AS uuid), ?, ?, 'STREAMING', 'local', 1, 'FLINK', '{}', now())",
                job,
                version,
                script));
    }

    protected static LineageTable at(String id, String name) {
        return LineageTable.of(
                Optional.of(id).filter(text -> !text.isEmpty()).map(TableId::new), "c", "d", name, false);
    }

    protected static Flow flow(LineageTable from, String column, LineageTable to) {
        return new Flow(
                to,
                List.of(new Flow.Input(from, false, List.of(column))),
                List.of(new Flow.Column("x", column, List.of(new Flow.Source(0, column, LineageKind.IDENTITY)))),
                List.of(),
                List.of());
    }

    protected static ScriptAnalysis insert(Flow... flows) {
        return insert(List.of(), flows);
    }

    protected static ScriptAnalysis insert(List<String> functions, Flow... flows) {
        return new ScriptAnalysis(
                List.of(new ScriptStatement(
                        "INSERT",
                        StatementClass.SINK,
                        "INSERT …",
                        3,
                        1,
                        List.of(),
                        List.of(),
                        functions,
                        List.of(flows))),
                List.of());
    }

    protected List<String> readers(String table, String... columns) {
        return service.impact(TablePath.of("c", "d", table), Set.of(columns)).stream()
                .map(reader -> reader.maker().name() + "@" + reader.maker().version() + ":" + reader.line() + " "
                        + reader.columns())
                .toList();
    }

    protected static String columns(String... named) {
        return Stream.of(named)
                .map(each -> each.split(":"))
                .map(each -> "{\"id\": " + each[0] + ", \"name\": \"" + each[1] + "\"}")
                .collect(Collectors.joining(", ", "{\"columns\": [", "]}"));
    }

    protected void altered(String id, String... named) {
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE catalog_table SET definition = CAST(? AS jsonb), changed_at = ? WHERE id = ?",
                columns(named),
                clock.instant().atOffset(ZoneOffset.UTC),
                id));
    }
}
