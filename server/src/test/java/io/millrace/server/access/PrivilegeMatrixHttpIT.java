package io.millrace.server.access;

import static io.millrace.server.access.PrivilegeMatrix.ADMINISTRATORS;
import static io.millrace.server.access.PrivilegeMatrix.AS_OTHERS;
import static io.millrace.server.access.PrivilegeMatrix.DEFINITION;
import static io.millrace.server.access.PrivilegeMatrix.FILTERED;
import static io.millrace.server.access.PrivilegeMatrix.FUNCTION;
import static io.millrace.server.access.PrivilegeMatrix.FUNCTIONS;
import static io.millrace.server.access.PrivilegeMatrix.NEEDS_RUNNING;
import static io.millrace.server.access.PrivilegeMatrix.OPEN;
import static io.millrace.server.access.PrivilegeMatrix.REDIS;
import static io.millrace.server.access.PrivilegeMatrix.ROWS;
import static io.millrace.server.access.PrivilegeMatrix.SPEC;
import static io.millrace.server.access.PrivilegeMatrix.TABLE;
import static io.millrace.server.access.PrivilegeMatrix.TABLES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.catalog.FunctionWrite;
import io.millrace.api.client.Rest;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable.Kind;
import io.millrace.server.access.PrivilegeMatrix.Row;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.millrace.server.job.Savepoints;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every call on an object, by who has exactly what it takes and by who has everything else. A call of the API's
 * description that is in none of the lists fails the test.
 */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class PrivilegeMatrixHttpIT {
    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final HttpClient http = HttpClient.newHttpClient();
    private int count;

    @Inject
    Jdbi jdbi;

    @Test
    void everyCallIsDecided() {
        Set<String> decided = new TreeSet<>();
        ROWS.forEach(row -> decided.add(row.operation()));
        List.of(FILTERED, AS_OTHERS, OPEN, ADMINISTRATORS).forEach(decided::addAll);
        Set<String> described = new OpenAPIV3Parser()
                .read(System.getProperty("millrace.root") + "/api/openapi.yaml").getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .map(Operation::getOperationId)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(decided).isEqualTo(described);
    }

    @Test
    void whoHasWhatACallTakesMayMakeItAndWhoHasEverythingElseMayNot() throws Exception {
        for (Row row : ROWS) {
            String name = "matrix" + ++count;
            make(row.kind(), name);
            String without = user(name + "-without");
            Set<Privilege> others = new HashSet<>(row.kind().privileges());
            others.remove(row.privilege());
            if (row.privilege() == Privilege.DESCRIBE) {
                others.clear();
            }
            grant(name + "-without", row, name, others);
            Answer refused = call(without, row, name);
            assertThat(refused.status())
                    .as("%s without %s: %s", row.operation(), row.privilege(), refused.body())
                    .isEqualTo(row.privilege() == Privilege.DESCRIBE ? 404 : 403);
            if (refused.status() == 403) {
                assertThat(refused.body()).contains(row.privilege().name(), name + "-without");
            }

            String with = user(name + "-with");
            grant(name + "-with", row, name, row.all());
            Answer done = call(with, row, name);
            assertThat(done.status() / 100 == 2
                            || (NEEDS_RUNNING.contains(row.operation())
                                    && done.body().contains("JOB_NOT_RUNNING")))
                    .as("%s with %s: %s %s", row.operation(), row.privilege(), done.status(), done.body())
                    .isTrue();
        }
    }

    @Test
    void whatIsHiddenIsAnsweredAsWhatIsMissing() throws Exception {
        String token = user("matrix-blind");
        List<String> differ = new ArrayList<>(); // takes another time, too, if not as many questions to the metastore
        for (Row row : ROWS) {
            if (Set.of(Kind.TABLE, Kind.FUNCTION, Kind.CONNECTION, Kind.WORKSPACE, Kind.JOB)
                    .contains(row.kind())) {
                String name = "hidden" + ++count;
                make(row.kind(), name);
                Answer hidden = call(token, row, name);
                Answer missing = call(token, row, "absent" + count);
                assertThat(hidden.status()).as(row.operation()).isEqualTo(missing.status());
                assertThat(plain(hidden.body(), name))
                        .as(row.operation())
                        .isEqualTo(plain(missing.body(), "absent" + count));
                int forHidden = Queries.fewest(() -> call(token, row, name));
                int forMissing = Queries.fewest(() -> call(token, row, "absent" + count));
                if (forHidden != forMissing) {
                    differ.add(row.operation() + ": " + forHidden + " and " + forMissing);
                }
            }
        }
        assertThat(differ).isEmpty();
    }

    @Test
    void whoMayMakeJobsDoesNotLearnWhichThereAre() throws Exception {
        make(Kind.JOB, "matrix-unseen");
        String token = user("matrix-jobmaker");
        send(
                null,
                "POST",
                "/grants",
                grantBody("matrix-jobmaker", Kind.WORKSPACE, List.of("default"), List.of("CREATE")));

        Answer hidden = send(token, "GET", "/grants?objectKind=JOB&object=default&object=matrix-unseen", "");
        Answer missing = send(token, "GET", "/grants?objectKind=JOB&object=default&object=matrix-nothing", "");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(plain(hidden.body(), "matrix-unseen")).isEqualTo(plain(missing.body(), "matrix-nothing"));
    }

    private static String plain(String body, String name) {
        return body.replace(name, "NAME")
                .replace(snapshot(name).toString(), "ID")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    @Test
    void administratorsCallsAreClosedToWhoHasEverythingElse() throws Exception {
        String token = user("matrix-everything");
        send(null, "POST", "/grants", grantBody("matrix-everything", Kind.SERVER, List.of(), List.of("ALL")));
        for (String call : List.of(
                "GET /users",
                "POST /users",
                "GET /users/local",
                "PATCH /users/local",
                "DELETE /users/local",
                "GET /groups",
                "POST /groups",
                "DELETE /groups/everyone",
                "GET /groups/everyone/members",
                "PUT /groups/everyone/members/local",
                "DELETE /groups/everyone/members/local",
                "GET /activity")) {
            Answer refused = send(token, call.split(" ")[0], call.split(" ")[1], "{\"name\":\"x\"}");
            assertThat(refused.status()).as(call).isEqualTo(403);
        }
    }

    @Test
    void nobodyReachesATopicByASecondTable() throws Exception {
        make(Kind.TABLE, "matrix-secret");
        String token = user("matrix-maker");
        List<String> main = List.of("kafka", "main");
        send(null, "POST", "/grants", grantBody("matrix-maker", Kind.DATABASE, main, List.of("CREATE")));

        for (String topic : List.of("matrix-secret", "other;matrix-secret", "other ; matrix-secret")) {
            String second = DEFINITION.replaceFirst("\\$", "mine").replace("$", topic);
            Answer refused = send(token, "POST", TABLES, "{\"definition\":" + second + "}");
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).doesNotContain("kafka.main.matrix-secret");
        }
        String own = DEFINITION.replaceFirst("\\$", "mine").replace("$", "topic-of-maker");
        Answer made = send(token, "POST", TABLES, "{\"definition\":" + own + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String moved = own.replace("topic-of-maker", "matrix-secret");
        Answer refused = send(token, "PUT", TABLES + "/mine", moved);
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(send(token, "DELETE", TABLES + "/mine", "").status())
                .as("who made it owns it")
                .isEqualTo(204);
    }

    private record Answer(int status, String body) {}

    private void make(Kind kind, String name) {
        switch (kind) {
            case TABLE -> ok(admin.send("POST", TABLES, "{\"definition\":" + DEFINITION.replace("$", name) + "}"));
            case FUNCTION ->
                // As the gateway does it, which has the class path.
                Rest.at(URI.create("http://127.0.0.1:"
                                + ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class)
                                + "/internal/v1"))
                        .withToken(() -> ServerStack.INTERNAL_TOKEN)
                        .withHeader(LocalCapability.HEADER, LocalCapability.secret())
                        .post(FUNCTIONS)
                        .body(new FunctionWrite(name, "a.Host", "CREATE FUNCTION"))
                        .send();
            case CONNECTION -> ok(admin.send("POST", "/connections", REDIS.replace("$", name)));
            case JOB -> {
                ok(admin.send("PUT", "/workspaces/default/jobs/" + name, SPEC));
                attempt(name);
                makeSnapshot(name);
                makeProof(name);
                Savepoints.write(Savepoints.root("imports") + "/default/savepoint", 6);
            }
            case WORKSPACE -> {
                ok(admin.send("POST", "/workspaces", "{\"name\":\"" + name + "\"}"));
                makeOrphan(name);
            }
            case SERVER, CATALOG, DATABASE -> {}
        }
    }

    /** It failed once, on a cluster that these tests do not have. */
    private void attempt(String job) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO attempt (job_id, number, flink_job_id, wish, version, state, cause, evidence, ended_at)
                        SELECT id, 1, md5(name), 0, 1, 'ENDED', 'LOST', 'made by a test', now() FROM job
                        WHERE name = :name
                        """).bind("name", job).execute());
        UUID id = jdbi.withHandle(handle ->
                handle.createQuery("""
                        WITH failed AS (
                            INSERT INTO attempt_failure (job_id, attempt, kind, cause, exception, at, bundle, bundle_size)
                            SELECT id, 1, 'UNKNOWN', 'It failed.', 'exception', now(), 'SAVED', 3 FROM job
                            WHERE name = :name RETURNING job_id)
                        SELECT job_id FROM failed
                        """).bind("name", job).mapTo(UUID.class).one());
        Path folder = Path.of(ConfigProvider.getConfig().getValue("millrace.bundle.folder", String.class));
        try {
            Files.writeString(Files.createDirectories(folder).resolve(id + "-1.zip"), "zip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A job that never ran has none. */
    private void makeSnapshot(String job) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO snapshot (id, target, workspace_id, job_id, job_name, version, attempt, origin,
                            directory, pinned, phase, outcome, created_at, changed_at)
                        SELECT :id, 'local', workspace_id, id, name, 1, 1, 'REQUEST', 'file:///nowhere', false, 'FAILED',
                            'It failed.', now(), now()
                        FROM job WHERE name = :job
                        """)
                .bind("id", snapshot(job))
                .bind("job", job)
                .execute());
    }

    /** One that is over. */
    private void makeProof(String job) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO proof (id, job_id, job_name, target, from_version, version, drops, kept, author,
                            snapshot_path, phase, verdict, outcome, created_at, changed_at)
                        SELECT :id, id, name, 'local', 1, 1, false, 0, 'local', 'file:///nowhere', 'OVER', 'FAILED',
                            'It failed.', now(), now()
                        FROM job WHERE name = :job
                        """)
                .bind("id", snapshot(job))
                .bind("job", job)
                .execute());
    }

    /** What a deleted job of the workspace left. */
    private void makeOrphan(String workspace) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO snapshot (id, target, workspace_id, job_id, job_name, version, attempt, origin,
                            directory, pinned, phase, outcome, created_at, changed_at)
                        SELECT :id, 'local', id, gen_random_uuid(), 'gone', 1, 1, 'REQUEST', 'file:///nowhere', false,
                            'FAILED', 'It failed.', now(), now()
                        FROM workspace WHERE name = :workspace
                        """)
                .bind("id", snapshot(workspace))
                .bind("workspace", workspace)
                .execute());
    }

    private static UUID snapshot(String job) {
        return UUID.nameUUIDFromBytes(job.getBytes(UTF_8));
    }

    private static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    private String user(String name) throws IOException {
        ok(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}"));
        JsonNode made = Json.lenient()
                .readTree(admin.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}")
                        .body());
        return made.at("/secret").textValue();
    }

    private void grant(String user, Row row, String name, Set<Privilege> privileges) throws Exception {
        List<String> path = switch (row.kind()) {
            case TABLE, FUNCTION -> List.of("kafka", "main", name);
            case DATABASE -> List.of("kafka", "main");
            case CATALOG -> List.of("postgres");
            case CONNECTION -> List.of(name);
            case JOB -> List.of("default", name);
            case WORKSPACE -> List.of(name);
            case SERVER -> List.of();
        };
        if (!privileges.isEmpty()) {
            List<String> names = privileges.stream().map(Privilege::name).toList();
            Answer granted = send(null, "POST", "/grants", grantBody(user, row.kind(), path, names));
            assertThat(granted.status()).as(granted.body()).isEqualTo(204);
        }
    }

    private static String grantBody(String user, Kind kind, List<String> path, List<String> privileges) {
        return "{\"to\":{\"kind\":\"USER\",\"name\":\"" + user + "\"},\"object\":{\"kind\":\"" + kind + "\",\"path\":"
                + array(path) + "},\"privileges\":" + array(privileges) + "}";
    }

    private static String array(List<String> items) {
        List<String> quoted = new ArrayList<>();
        items.forEach(item -> quoted.add("\"" + item + "\""));
        return "[" + String.join(",", quoted) + "]";
    }

    private Answer call(String token, Row row, String name) throws Exception {
        String path = row.path().replace("$", name).replace("£", snapshot(name).toString());
        return send(
                token,
                row.method(),
                path,
                row.body().replace("$", name).replace("IMPORTS", Savepoints.root("imports")),
                "Idempotency-Key",
                snapshot(name).toString());
    }

    private Answer send(@Nullable String token, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(OpenApiExchanges.base() + "/api/v1" + path))
                .header("Authorization", "Bearer " + (token == null ? ServerStack.LOCAL_TOKEN : token))
                .header("If-Match", "*")
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }
}
