package io.millrace.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.core.workspace.Workspace;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/** What is kept of workspaces, on a real PostgreSQL: what was there before them, and callers at the same time. */
class SqlWorkspaceIT {
    private static final String JOB = "INSERT INTO job (id, %s name, version, generation, desired, wish, wish_version,"
            + " wish_savepoint, %s created_at, changed_at, observed, observed_at, reason, failures) VALUES"
            + " ('%s', %s '%s', 1, 1, 'STOPPED', 0, 1, true, %s now(), now(), 'IDLE', now(), '', 0)";

    private final DataSource source = TestPostgres.createDatabase().dataSource();
    private final Jdbi jdbi = Jdbi.create(source);
    private final SqlWorkspaceStore store = new SqlWorkspaceStore(jdbi);

    private void migrate(String target) {
        Flyway.configure().dataSource(source).target(target).load().migrate();
    }

    @Test
    void whatWasThereBeforeIsInTheDefaultWorkspaceWithItsGrants() {
        migrate("020");
        UUID job = UUID.randomUUID();
        jdbi.useHandle(handle -> {
            handle.execute(JOB.formatted("", "wish_empty,", job, "", "orders", "false,"));
            handle.execute("INSERT INTO access_grant (group_id, object, above, privilege, effect, granted_by,"
                    + " granted_at) SELECT id, o, a::text[], 'USE', 'ALLOW', 'x', now() FROM access_group,"
                    + " (VALUES ('workspace:default', '{server:}'), ('job:" + job
                    + "', '{workspace:default,server:}')) AS v (o, a)");
            handle.execute("INSERT INTO run_event (job_id, job_name, version, attempt, moment, at)"
                    + " VALUES (gen_random_uuid(), 'orders', 1, 1, 'START', now())");
        });

        migrate("latest");

        Workspace workspace = store.find(WorkspaceName.DEFAULT).orElseThrow();
        assertThat(workspace.ref()).isEqualTo(WorkspaceRef.DEFAULT);
        assertThat(strings("SELECT workspace_id::text FROM job")).isEqualTo(WorkspaceId.DEFAULT.toString());
        assertThat(strings("SELECT string_agg(object || ' in ' || array_to_string(above, ','), '; ' ORDER BY id)"
                        + " FROM access_grant"))
                .isEqualTo("workspace:" + WorkspaceId.DEFAULT + " in server:; job:" + job + " in workspace:"
                        + WorkspaceId.DEFAULT + ",server:");
        assertThat(strings("SELECT job_name FROM run_event")).isEqualTo("default.orders");
    }

    @Test
    void aJobThatIsBeingMadeKeepsItsWorkspace() {
        migrate("latest");
        var made = new Workspace(
                new WorkspaceRef(WorkspaceId.create(), new WorkspaceName("red")), "", 1, "test", TestClock.NOON);
        assertThat(store.insert(made)).isTrue();
        assertThat(store.insert(made)).as("the name is taken").isFalse();

        CompletableFuture<Boolean> deleted;
        try (var handle = jdbi.open()) {
            handle.begin();
            handle.execute(JOB.formatted(
                    "workspace_id,",
                    "wish_from, wish_partial,",
                    UUID.randomUUID(),
                    "'" + made.ref().id() + "',",
                    "orders",
                    "'LATEST', false,"));
            deleted =
                    CompletableFuture.supplyAsync(() -> store.delete(made.ref().id()));
            awaitWaiting();
            handle.commit();
        }

        assertThat(deleted.join()).isFalse();
        assertThat(store.find(made.name())).contains(made);
    }

    /** Until the deletion waits for the job. */
    private void awaitWaiting() {
        String waiting = "SELECT count(*)::text FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
        await().until(() -> strings(waiting), "1"::equals);
    }

    private String strings(String query) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query).mapTo(String.class).findOne().orElse(""));
    }
}
