package io.millrace.server.access;

import static io.millrace.server.access.PrivilegeMatrix.DEFINITION;
import static io.millrace.server.access.PrivilegeMatrix.FUNCTION;
import static io.millrace.server.access.PrivilegeMatrix.FUNCTIONS;
import static io.millrace.server.access.PrivilegeMatrix.REDIS;
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
import io.millrace.server.job.Savepoints;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the tests of the matrix make, grant and call. */
abstract class MatrixCalls {
    final OpenApiExchanges admin = new OpenApiExchanges();
    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    Jdbi jdbi;

    record Answer(int status, String body) {}

    void make(Kind kind, String name) {
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
    void attempt(String job) {
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
    void makeSnapshot(String job) {
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
    void makeProof(String job) {
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
    void makeOrphan(String workspace) {
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

    static UUID snapshot(String job) {
        return UUID.nameUUIDFromBytes(job.getBytes(UTF_8));
    }

    static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    String user(String name) throws IOException {
        ok(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}"));
        JsonNode made = Json.lenient()
                .readTree(admin.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}")
                        .body());
        return made.at("/secret").textValue();
    }

    void grant(String user, Row row, String name, Set<Privilege> privileges) throws Exception {
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

    static String grantBody(String user, Kind kind, List<String> path, List<String> privileges) {
        return "{\"to\":{\"kind\":\"USER\",\"name\":\"" + user + "\"},\"object\":{\"kind\":\"" + kind + "\",\"path\":"
                + array(path) + "},\"privileges\":" + array(privileges) + "}";
    }

    static String array(List<String> items) {
        List<String> quoted = new ArrayList<>();
        items.forEach(item -> quoted.add("\"" + item + "\""));
        return "[" + String.join(",", quoted) + "]";
    }

    Answer call(String token, Row row, String name) throws Exception {
        String path = row.path().replace("$", name).replace("£", snapshot(name).toString());
        return send(
                token,
                row.method(),
                path,
                row.body().replace("$", name).replace("IMPORTS", Savepoints.root("imports")),
                "Idempotency-Key",
                snapshot(name).toString());
    }

    Answer send(@Nullable String token, String method, String path, String body, String... headers) throws Exception {
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
