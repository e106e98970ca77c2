package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobWrite;
import io.millrace.core.job.Author;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class JobBatchHttpIT {
    private static final String INSERT = PlannedGateway.INSERT;

    private final OpenApiExchanges api = new OpenApiExchanges();

    @Inject
    Jdbi jdbi;

    @Inject
    JobBatches batches;

    @Test
    void severalJobsAreWrittenTogetherOrNotAtAll() {
        String workspace = "/workspaces/together";
        api.send("POST", "/workspaces", "{\"name\":\"together\"}");
        WorkspaceRef place = place("together");
        var batch = batches.by(author("local"));
        var wanted = new JobWrite(INSERT, null, null, null, null, null, null, null, null);
        var all = List.of(batch.plan(place, new JobName("one"), wanted), batch.plan(place, new JobName("two"), wanted));

        assertThat(batch.write(all, jobs -> false)).isFalse();
        assertThat(api.get(workspace + "/jobs/one").statusCode()).isEqualTo(404);

        assertThat(batch.write(all, jobs -> true)).isTrue();
        assertThat(api.get(workspace + "/jobs/two").statusCode()).isEqualTo(200);
    }

    private Author author(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM principal WHERE name = :name")
                .bind("name", name)
                .mapTo(UUID.class)
                .map(id -> new Author(id, name))
                .one());
    }

    private WorkspaceRef place(String name) {
        UUID id = jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM workspace WHERE name = :name")
                .bind("name", name)
                .mapTo(UUID.class)
                .one());
        return new WorkspaceRef(new WorkspaceId(id), new WorkspaceName(name));
    }

    private OpenApiExchanges editor(String workspace) throws IOException {
        String name = "editor-of-" + workspace;
        api.send("POST", "/workspaces", "{\"name\":\"" + workspace + "\"}");
        api.send("POST", "/users", "{\"name\":\"" + name + "\"}");
        api.send("PUT", "/workspaces/" + workspace + "/members/users/" + name, "{\"role\":\"EDITOR\"}");
        String token = api.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}")
                .body();
        return new OpenApiExchanges(
                Json.lenient().readTree(token).path("secret").asText());
    }

    private long states(Job job) {
        return count(
                "SELECT count(*) FROM job_state WHERE job_id = cast(:job AS uuid)",
                job.id().toString());
    }

    private long grants(Job job) {
        return count(
                "SELECT count(*) FROM access_grant WHERE object = 'job:' || :job",
                job.id().toString());
    }

    private long count(String query, String job) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query).bind("job", job).mapTo(Long.class).one());
    }

    @Test
    void whatAVersionKeepsAndWhatItsMakerMayDoIsWrittenWithIt() throws IOException {
        editor("whole");
        var batch = batches.by(author("editor-of-whole"));
        var wanted = new JobWrite(INSERT, null, null, null, null, null, null, null, null);
        var all = List.of(batch.plan(place("whole"), new JobName("one"), wanted));
        var seen = new AtomicReference<Job>();

        assertThat(batch.write(all, jobs -> {
                    seen.set(jobs.get(0));
                    assertThat(states(seen.get())).isEqualTo(1);
                    assertThat(grants(seen.get())).isPositive();
                    return false;
                }))
                .isFalse();

        assertThat(states(seen.get())).isZero();
        assertThat(grants(seen.get())).isZero();
        assertThat(batch.write(all, jobs -> true)).isTrue();
    }

    @Test
    void aVersionWhoseStateCannotBeWrittenIsNotThere() throws IOException {
        OpenApiExchanges editor = editor("none");
        String spec = Json.write(new JobSpec(INSERT, null, null, null, null, null, null));
        jdbi.useHandle(
                handle -> handle.execute("ALTER TABLE job_state ADD CONSTRAINT never CHECK (version < 0) NOT VALID"));
        try {
            assertThat(editor.send("PUT", "/workspaces/none/jobs/one", spec).statusCode())
                    .isEqualTo(500);
        } finally {
            jdbi.useHandle(handle -> handle.execute("ALTER TABLE job_state DROP CONSTRAINT never"));
        }
        assertThat(api.get("/workspaces/none/jobs/one").statusCode()).isEqualTo(404);

        assertThat(editor.send("PUT", "/workspaces/none/jobs/one", spec).statusCode())
                .isEqualTo(200);
        assertThat(editor.get("/workspaces/none/jobs/one").statusCode()).isEqualTo(200);
    }
}
