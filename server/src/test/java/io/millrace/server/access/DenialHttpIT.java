package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.UUID;

/** What a refusal says when it is for a denial, which no further grant outweighs. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class DenialHttpIT {
    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String name = "d" + UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + name;
    private OpenApiExchanges caller;

    @BeforeEach
    void make() throws JsonProcessingException {
        for (String user : new String[] {alice, "bob-" + name, "carol-" + name}) {
            ok(admin.send("POST", "/users", "{\"name\":\"" + user + "\"}"));
        }
        HttpResponse<String> token = admin.send("POST", "/users/" + alice + "/tokens", "{\"name\":\"test\"}");
        caller = new OpenApiExchanges(
                Json.lenient().readTree(token.body()).at("/secret").textValue());
        ok(admin.send(
                "POST",
                PrivilegeMatrix.TABLES,
                "{\"definition\":" + PrivilegeMatrix.DEFINITION.replace("$", name) + "}"));
        grant("USER", alice, "TABLE", "\"" + name + "\"", "ALL", "ALLOW");
    }

    @Test
    void saysOnWhatItIsDeniedAndWhoCanLiftIt() {
        grant("USER", "bob-" + name, "DATABASE", "", "GRANT", "ALLOW");
        grant("USER", "carol-" + name, "TABLE", "\"" + name + "\"", "GRANT", "ALLOW");
        ok(comment());
        String group = "secret-group-" + name;
        ok(admin.send("POST", "/groups", "{\"name\":\"" + group + "\"}"));
        ok(admin.send("PUT", "/groups/" + group + "/members/" + alice, null));
        grant("GROUP", group, "DATABASE", "", "ALTER", "DENY");

        String refused = comment().body();

        assertThat(refused)
                .contains("This takes ALTER on table 'kafka.main." + name + "', and '" + alice
                        + "' is denied it, on the database. That can be lifted by 'bob-" + name
                        + "' or an administrator.")
                .doesNotContain("can be granted", "carol", group);

        grant("USER", alice, "TABLE", "\"" + name + "\"", "ALTER", "DENY");
        assertThat(comment().body()).contains("is denied it, on the table itself and on the database. That");
        ok(admin.delete("/groups/" + group));
        assertThat(comment().body())
                .contains("is denied it, on the table itself. That can be lifted by 'bob-" + name + "' or 'carol-"
                        + name + "' or an administrator.");
    }

    @Test
    void whatNobodyDeniedCanBeGranted() {
        ok(admin.send("POST", "/revocations", body("USER", alice, "TABLE", "\"" + name + "\"", "ALTER", "ALLOW")));

        assertThat(comment().body()).contains("does not have it. It can be granted by an administrator.");
    }

    private HttpResponse<String> comment() {
        return caller.send("PATCH", PrivilegeMatrix.TABLES + "/" + name, "{\"comment\":\"new\"}", "If-Match", "*");
    }

    private void grant(String kind, String to, String on, String below, String privilege, String effect) {
        ok(admin.send("POST", "/grants", body(kind, to, on, below, privilege, effect)));
    }

    private String body(String kind, String to, String on, String below, String privilege, String effect) {
        return "{\"to\":{\"kind\":\"" + kind + "\",\"name\":\"" + to + "\"},\"object\":{\"kind\":\"" + on
                + "\",\"path\":[\"kafka\",\"main\"" + (below.isEmpty() ? "" : "," + below)
                + "]},\"privileges\":[\"" + privilege + "\"],\"effect\":\"" + effect + "\"}";
    }

    private static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }
}
