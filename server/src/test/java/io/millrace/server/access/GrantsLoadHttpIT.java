package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** What somebody may do is known completely, or that one may do nothing, until it is. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class GrantsLoadHttpIT {
    private static final String TABLES = PrivilegeMatrix.TABLES;

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String name = "l" + UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + name;
    private OpenApiExchanges caller;
    private OpenApiExchanges other;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void make() throws JsonProcessingException {
        ok(admin.send("POST", TABLES, "{\"definition\":" + PrivilegeMatrix.DEFINITION.replace("$", name) + "}"));
        caller = user(alice);
        other = user("bob-" + name);
        grant(alice, "READ", "ALLOW");
        grant("bob-" + name, "READ", "ALLOW");
        ok(caller.get(TABLES + "/" + name));
    }

    @Test
    void aGrantThatCannotBeReadIsNoReasonToGoByTheOthers() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO access_grant (principal_id, object, above, privilege, effect, granted_by, granted_at)
                        SELECT id, 'table:x', '{"server:"}', 'TELEPORT', 'DENY', 'test', now() FROM principal
                        WHERE name = :name
                        """).bind("name", alice).execute());
        try {
            for (String path : List.of(TABLES + "/" + name, TABLES, "/workspaces", "/connections", "/catalogs")) {
                unavailable(caller.get(path), "What '" + alice + "' may do cannot be read completely");
            }
            unavailable(
                    caller.send("PATCH", TABLES + "/" + name, "{\"comment\":\"x\"}", "If-Match", "*"),
                    "cannot be read");
            ok(other.get(TABLES + "/" + name));
            ok(admin.get(TABLES + "/" + name));
        } finally {
            jdbi.useHandle(handle -> handle.execute("DELETE FROM access_grant WHERE privilege = 'TELEPORT'"));
        }
        ok(caller.get(TABLES + "/" + name));
    }

    @Test
    void aMetastoreThatGoesAwayInTheMiddleLeavesNothingHalfKnown() {
        CompletableFuture<HttpResponse<String>> answer;
        try (Handle lock = jdbi.open()) {
            lock.begin();
            // The grants are read before the roles.
            lock.execute("LOCK TABLE workspace_member IN ACCESS EXCLUSIVE MODE");
            grant(alice, "DESCRIBE", "DENY");
            answer = CompletableFuture.supplyAsync(() -> caller.get(TABLES + "/" + name));
            await().until(() -> terminated() > 0);

            unavailable(answer.join(), "The connection to the metastore (PostgreSQL) broke");
            lock.rollback();
        }

        assertThat(caller.get(TABLES + "/" + name).statusCode())
                .as("what was granted before is not what counts now")
                .isEqualTo(404);
        revoke(alice, "DESCRIBE", "DENY");
        ok(caller.get(TABLES + "/" + name));
    }

    /** Ends the connection that waits for the roles; answers how many there were. */
    private long terminated() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                          AND query LIKE '%FROM workspace_member%'
                        """).mapTo(Long.class).one());
    }

    private OpenApiExchanges user(String user) throws JsonProcessingException {
        ok(admin.send("POST", "/users", "{\"name\":\"" + user + "\"}"));
        HttpResponse<String> token = admin.send("POST", "/users/" + user + "/tokens", "{\"name\":\"test\"}");
        return new OpenApiExchanges(
                Json.lenient().readTree(token.body()).at("/secret").textValue());
    }

    private void grant(String user, String privilege, String effect) {
        ok(admin.send("POST", "/grants", body(user, privilege, effect)));
    }

    private void revoke(String user, String privilege, String effect) {
        ok(admin.send("POST", "/revocations", body(user, privilege, effect)));
    }

    private String body(String user, String privilege, String effect) {
        return "{\"to\":{\"kind\":\"USER\",\"name\":\"" + user
                + "\"},\"object\":{\"kind\":\"TABLE\",\"path\":[\"kafka\"," + "\"main\",\"" + name
                + "\"]},\"privileges\":[\"" + privilege + "\"],\"effect\":\"" + effect + "\"}";
    }

    private static void unavailable(HttpResponse<String> answer, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("METASTORE_UNAVAILABLE", words).doesNotContain("TELEPORT");
    }

    private static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
}
