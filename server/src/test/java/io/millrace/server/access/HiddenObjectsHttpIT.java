package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who asks for what it may not see is answered as if it were not there, and administrators read that it asked. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class HiddenObjectsHttpIT {
    private static final String DATABASE = "/catalogs/kafka/databases/main";

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String name = "h" + UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + name;

    @Inject
    Jdbi jdbi;

    @Inject
    Capabilities capabilities;

    private OpenApiExchanges caller;

    @BeforeEach
    void make() throws JsonProcessingException {
        ok(admin.send("POST", "/users", "{\"name\":\"" + alice + "\"}"));
        HttpResponse<String> token = admin.send("POST", "/users/" + alice + "/tokens", "{\"name\":\"test\"}");
        caller = new OpenApiExchanges(
                Json.lenient().readTree(token.body()).at("/secret").textValue());
        for (String table : List.of(name, name + "_seen")) {
            ok(admin.send(
                    "POST",
                    DATABASE + "/tables",
                    "{\"definition\":" + PrivilegeMatrix.DEFINITION.replace("$", table) + "}"));
        }
        ok(admin.send("POST", "/connections", PrivilegeMatrix.REDIS.replace("$", name)));
        ok(admin.send("POST", "/workspaces", "{\"name\":\"" + name + "\"}"));
        ok(admin.send(
                "PUT",
                "/workspaces/default/jobs/" + name,
                Json.write(new JobSpec(PlannedGateway.INSERT, null, null, null, null, null, null))));
    }

    @Test
    void callsForWhatIsHiddenAreWrittenDownAsDenied() {
        seesTheDatabase();
        missing(caller.get(DATABASE + "/tables/" + name));
        missing(caller.get("/lineage/tables/kafka/main/" + name));
        missing(caller.delete(DATABASE + "/tables/" + name, "If-Match", "*"));
        missing(caller.get("/connections/" + name));
        missing(caller.get("/workspaces/" + name));
        missing(caller.get("/workspaces/" + name + "/jobs/x"));
        missing(caller.get("/grants?objectKind=TABLE&object=kafka&object=main&object=" + name));

        String table = "table 'kafka.main." + name + "'";
        await().untilAsserted(() -> assertThat(denied())
                .contains(
                        "table.get " + table,
                        "lineage.table " + table,
                        "table.drop " + table,
                        "connection.get connection '" + name + "'",
                        "workspace.get workspace '" + name + "'",
                        "job.get workspace '" + name + "'",
                        "grant.list " + table));
    }

    @Test
    void aTableInAHiddenCatalogIsNamed() {
        missing(caller.get(DATABASE + "/tables/" + name));
        missing(caller.get("/catalogs/kafka/databases"));
        missing(caller.get("/workspaces/default/jobs/" + name));
        ok(caller.send(
                "POST",
                "/jobs/bulk",
                "{\"action\":\"STOP\",\"jobs\":[{\"workspace\":\"default\",\"name\":\"" + name + "\"}]}"));

        await().untilAsserted(() -> assertThat(denied())
                .contains(
                        "table.get table 'kafka.main." + name + "'",
                        "catalog.databases catalog 'kafka'",
                        "job.get workspace 'default'",
                        "jobBulk.run workspace 'default'"));
    }

    @Test
    void whatStatementsAskForIsWrittenDownToo() {
        seesTheDatabase();
        String function = "f_" + name;
        ok(InternalCalls.send(
                LocalCapability.secret(),
                "POST",
                DATABASE + "/functions",
                "{\"name\":\"" + function + "\",\"className\":\"a.Host\",\"statement\":\"CREATE FUNCTION\"}"));

        String found = capabilities.during(id(alice), secret -> {
            missing(InternalCalls.send(secret, "GET", DATABASE + "/functions/" + function, ""));
            missing(InternalCalls.send(secret, "GET", "/catalogs/postgres/databases/public", ""));
            missing(InternalCalls.send(secret, "GET", "/catalogs/warehouse/databases/default", ""));
            missing(InternalCalls.send(secret, "GET", "/catalogs/warehouse/databases", ""));
            String tables = key(name) + "," + key(name + "_nothing") + "," + key(name + "_seen");
            return InternalCalls.send(secret, "POST", "/lookups", "{\"tables\":[" + tables + "]}")
                    .body();
        });

        assertThat(found)
                .contains("There is no table 'kafka.main." + name + "'.")
                .contains("\"name\":\"" + name + "_seen");
        await().untilAsserted(() -> assertThat(denied())
                .contains(
                        "sql.find table 'kafka.main." + name + "'",
                        "sql.find function 'kafka.main." + function + "'",
                        "sql.find database 'postgres.public'"));
        assertThat(denied()).noneMatch(each -> each.contains("_nothing") || each.contains("_seen"));
        assertThat(denied()).as("where each session begins").noneMatch(each -> each.contains("warehouse"));
    }

    @Test
    void whatIsMissingOrSeenIsNoDenialAndNobodyElseReadsOfIt() {
        seesTheDatabase();
        missing(caller.get(DATABASE + "/tables/" + name + "_nothing"));
        missing(caller.get("/connections/" + name + "_nothing"));
        ok(caller.get(DATABASE + "/tables/" + name + "_seen"));
        ok(caller.get("/catalog-search?q=" + name));
        missing(caller.get(DATABASE + "/tables/" + name));
        assertThat(caller.get("/activity").statusCode()).isEqualTo(403);
        assertThat(caller.get("/activity?by=" + alice).statusCode()).isEqualTo(403);

        await().untilAsserted(() -> assertThat(denied()).anyMatch(each -> each.startsWith("table.get")));
        assertThat(denied()).containsOnly("table.get table 'kafka.main." + name + "'", "activity.list /activity");
        assertThat(caller.get(DATABASE + "/tables/" + name + "_seen/versions").body())
                .doesNotContain(name + "'");
    }

    /** By one table in it. */
    private void seesTheDatabase() {
        ok(admin.send(
                "POST",
                "/grants",
                "{\"to\":{\"kind\":\"USER\",\"name\":\"" + alice
                        + "\"},\"object\":{\"kind\":\"TABLE\",\"path\":[\"kafka\",\"main\",\"" + name
                        + "_seen\"]},\"privileges\":[\"READ\"]}"));
    }

    private List<String> denied() {
        try {
            List<String> denied = new ArrayList<>();
            for (JsonNode each : Json.lenient()
                    .readTree(admin.get("/activity?by=" + alice).body())
                    .at("/items")) {
                if (each.at("/outcome").textValue().equals("ACCESS_DENIED")) {
                    denied.add(each.at("/action").textValue() + " "
                            + each.at("/object").textValue());
                }
            }
            return denied;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UUID id(String user) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM principal WHERE name = :name")
                .bind("name", user)
                .mapTo(UUID.class)
                .one());
    }

    private static String key(String table) {
        return "{\"catalog\":\"kafka\",\"database\":\"main\",\"table\":\"" + table + "\"}";
    }

    private static void missing(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    }

    private static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
}
