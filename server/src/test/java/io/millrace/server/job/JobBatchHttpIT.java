package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.JobWrite;
import io.millrace.core.job.Author;
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

import java.util.List;
import java.util.UUID;

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
        var author = jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM principal WHERE name = 'local'")
                .mapTo(UUID.class)
                .map(id -> new Author(id, "local"))
                .one());
        var place = new WorkspaceRef(
                new WorkspaceId(
                        jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM workspace WHERE name = 'together'")
                                .mapTo(UUID.class)
                                .one())),
                new WorkspaceName("together"));
        var batch = batches.by(author);
        var wanted = new JobWrite(INSERT, null, null, null, null, null, null, null, null);
        var all = List.of(batch.plan(place, new JobName("one"), wanted), batch.plan(place, new JobName("two"), wanted));

        assertThat(batch.write(all, jobs -> false)).isFalse();
        assertThat(api.get(workspace + "/jobs/one").statusCode()).isEqualTo(404);

        assertThat(batch.write(all, jobs -> true)).isTrue();
        assertThat(api.get(workspace + "/jobs/two").statusCode()).isEqualTo(200);
    }
}
