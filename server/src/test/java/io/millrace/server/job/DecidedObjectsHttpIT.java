package io.millrace.server.job;

import static io.millrace.server.http.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import io.millrace.core.access.Securable;
import io.millrace.core.sql.ScriptObject;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Submission;
import io.millrace.server.access.Capabilities;
import io.millrace.server.access.InternalCalls;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.server.target.RunsAs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A version of a job runs over what it was decided about when it was applied, and over nothing else. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class DecidedObjectsHttpIT {
    private static final String TABLES = "/catalogs/kafka/databases/main/tables";
    private static final FlinkJobId FLINK_JOB = new FlinkJobId("0123456789abcdef0123456789abcdef");

    private final OpenApiExchanges api = new OpenApiExchanges();
    private final String name = "t_" + UUID.randomUUID().toString().substring(0, 8);
    private final String table = TABLES + "/" + name;
    private final String job = "/workspaces/default/jobs/" + name.replace('_', '-');

    @Inject
    Jdbi jdbi;

    @Inject
    Capabilities capabilities;

    @Inject
    RunsAs runsAs;

    @BeforeEach
    void apply() throws JsonProcessingException {
        String id = create();
        ok(api.send("PUT", job, Json.write(new JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null))));
        decided(new ScriptObject(Securable.Kind.TABLE, id, 1, List.of("kafka", "main", name)));
    }

    @Test
    void startsAfterAColumnWasAdded() {
        ok(api.send("PUT", table, definition("id", "added"), "If-Match", "*"));

        ok(start());

        RunsAs.Standing standing = standing(PlannedGateway.INSERT);
        assertThat(standing.refusal()).isEmpty();
        assertThat(standing.changes())
                .contains("Changed since version 1", "table 'kafka.main." + name + "' (version 1 then, 2 now)");
    }

    @Test
    void isNotStartedOverAnotherTableOfTheName() throws JsonProcessingException {
        ok(api.delete(table, "If-Match", "*"));
        problem(start(), "was applied over table 'kafka.main." + name + "' (version 1 of it)", "Apply the job again");

        String other = create();

        problem(start(), "was dropped or renamed since", "is something else");
        RunsAs.Standing standing = standing(PlannedGateway.INSERT);
        assertThat(standing.refusal()).hasValueSatisfying(why -> assertThat(why).contains("Version 1 of the job"));
        assertThat(standing.objects())
                .hasValueSatisfying(keys -> assertThat(keys).hasSize(1).doesNotContain("table:" + other));
    }

    @Test
    void isNotSubmittedWithAnotherScript() {
        assertThat(standing(PlannedGateway.OTHER_INSERT).refusal())
                .contains("What is to be submitted is not the script of version 1.");
        assertThat(standing(PlannedGateway.INSERT).refusal()).isEmpty();
    }

    @Test
    void anotherCodeOfAFunctionMakesAVersion() {
        String spec = Json.write(new JobSpec(PlannedGateway.CALL, null, null, null, null, null, null));
        ok(api.send("PUT", job, spec, "If-Match", "*"));
        assertThat(ok(api.send("PUT", job, spec, "If-Match", "*"))
                        .path("change")
                        .asText())
                .isEqualTo("UNCHANGED");

        decided(new ScriptObject(
                Securable.Kind.FUNCTION, "f", 1, List.of("kafka", "main", PlannedGateway.FUNCTION), "sha256:before"));
        assertThat(ok(api.send("PUT", job, spec, "If-Match", "*"))
                        .path("change")
                        .asText())
                .isEqualTo("UPDATED");

        JsonNode versions = ok(api.get(job + "/versions")).path("items");
        assertThat(versions.path(0).path("artifacts").path(0).path("digest").asText())
                .isEqualTo(PlannedGateway.ARTIFACT);
        assertThat(versions.path(0).path("artifacts").path(0).path("function").asText())
                .isEqualTo("kafka.main.planned");
        assertThat(versions.path(1).path("artifacts").path(0).path("digest").asText())
                .isEqualTo("sha256:before");
    }

    @Test
    void startsAsBeforeIfNothingWasWrittenDown() {
        jdbi.useHandle(handle -> handle.execute("UPDATE job_version SET objects = NULL"));
        ok(api.delete(table, "If-Match", "*"));

        ok(start());

        assertThat(standing(PlannedGateway.INSERT).objects()).isEmpty();
        assertThat(standing(PlannedGateway.INSERT).refusal()).isEmpty();
    }

    @Test
    void aCapabilityIsGoodForItsObjectsOnlyAndForNoChange() throws JsonProcessingException {
        UUID author = jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM principal WHERE name = 'local'")
                .mapTo(UUID.class)
                .one());
        String id = Json.lenient().readTree(api.get(table).body()).path("id").asText();

        int bound = capabilities.during(author, Optional.of(Set.of("table:" + id)), secret -> {
            assertThat(InternalCalls.send(secret, "DELETE", table, "").body()).contains("ACCESS_DENIED");
            return InternalCalls.send(secret, "GET", table, "").statusCode();
        });
        int other = capabilities.during(
                author,
                Optional.of(Set.of("table:other")),
                secret -> InternalCalls.send(secret, "GET", table, "").statusCode());
        int free = capabilities.during(
                author, secret -> InternalCalls.send(secret, "GET", table, "").statusCode());

        assertThat(List.of(bound, other, free)).containsExactly(200, 404, 200);
    }

    private void decided(ScriptObject object) {
        jdbi.useHandle(
                handle -> handle.createUpdate("UPDATE job_version SET objects = CAST(:objects AS jsonb) WHERE job_id ="
                                + " (SELECT id FROM job WHERE name = :job)")
                        .bind("objects", JobRows.objects(Optional.of(List.of(object))))
                        .bind("job", name.replace('_', '-'))
                        .execute());
    }

    /** As the loop asks when it is about to submit. */
    private RunsAs.Standing standing(String script) {
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM attempt WHERE number = 100");
            handle.execute(
                    "INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state, cause, evidence, ended_at)"
                            + " SELECT id, 100, ?, 1, 1, 'ENDED', 'LOST', 'made by a test', now() FROM job"
                            + " WHERE name = ?",
                    FLINK_JOB.value(),
                    name.replace('_', '-'));
        });
        return runsAs.of(new Submission(FLINK_JOB, name, script, Map.of(), Optional.empty()))
                .orElseThrow();
    }

    private HttpResponse<String> start() {
        return api.send("PATCH", job, "{\"desired\":\"RUNNING\"}", "If-Match", "*");
    }

    private String create() throws JsonProcessingException {
        HttpResponse<String> created = api.send("POST", TABLES, "{\"definition\":" + definition("id") + "}");
        ok(created);
        return Json.lenient().readTree(created.body()).path("id").asText();
    }

    private String definition(String... columns) {
        StringBuilder all = new StringBuilder();
        for (String column : columns) {
            all.append(all.isEmpty() ? "" : ",")
                    .append("{\"name\":\"")
                    .append(column)
                    .append("\",\"kind\":\"PHYSICAL\",\"type\":\"INT\",\"virtual\":false}");
        }
        return "{\"name\":\"" + name + "\",\"kind\":\"TABLE\",\"columns\":[" + all
                + "],\"watermarks\":[],\"partitionKeys\":[],\"options\":{\"topic\":\"" + name + "\"}}";
    }

    private static void problem(HttpResponse<String> answer, String... words) throws JsonProcessingException {
        JsonNode problem = Json.lenient().readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(problem.path("code").asText()).isEqualTo("JOB_OBJECTS_CHANGED");
        assertThat(problem.path("detail").asText()).contains(words);
    }
}
