package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.UUID;

/** What the SQL gateway asks for GRANT, DENY, REVOKE and SHOW GRANTS. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class GrantEndpointsHttpIT {
    private static final String CATALOG = "{\"kind\":\"CATALOG\",\"path\":[\"warehouse\"]}";

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String alice = "alice-" + UUID.randomUUID().toString().substring(0, 8);
    private final String bob = "bob-" + alice;

    @BeforeEach
    void users() {
        for (String name : new String[] {alice, bob}) {
            assertThat(admin.send("POST", "/users", "{\"name\":\"" + name + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void givesAllOfThemOrNobody() {
        HttpResponse<String> half = internal("/grants", statement(CATALOG, alice, "nobody"));
        assertThat(half.statusCode()).isEqualTo(404);
        assertThat(half.body()).contains("no user 'nobody'");
        assertThat(grantsTo(alice)).isEqualTo("[]");

        assertThat(internal("/grants", statement(CATALOG, alice, bob)).statusCode())
                .isEqualTo(204);
        assertThat(grantsTo(alice)).contains("\"privilege\":\"READ\"", "\"object\":\"warehouse\"", "\"by\":\"local\"");
        assertThat(grantsTo(bob)).contains("\"privilege\":\"READ\"");

        assertThat(internal("/revocations", statement(CATALOG, alice, bob)).body())
                .isEqualTo("{\"removed\":2}");
        assertThat(grantsTo(bob)).isEqualTo("[]");
        assertThat(admin.get("/activity?object=" + alice).body())
                .contains("grant.grant", "grant.revoke", "PRINCIPAL_NOT_FOUND", "READ ON catalog warehouse: " + alice);
    }

    @Test
    void checksWithoutChangingAnything() {
        assertThat(internal("/grants?check=true", statement(CATALOG, alice)).statusCode())
                .isEqualTo(204);
        assertThat(internal("/revocations?check=true", statement(CATALOG, alice))
                        .statusCode())
                .isEqualTo(204);
        assertThat(internal("/grants?check=true", statement("null", alice)).statusCode())
                .isEqualTo(204);
        assertThat(internal("/grants?check=true", statement("null", "nobody")).body())
                .contains("no user 'nobody'");
        assertThat(internal("/grants?check=true", statement("{\"kind\":\"CATALOG\",\"path\":[\"none\"]}", alice))
                        .body())
                .contains("OBJECT_NOT_FOUND");

        assertThat(grantsTo(alice)).isEqualTo("[]");
        assertThat(admin.get("/activity?object=" + alice).body()).doesNotContain("grant.");
    }

    private String grantsTo(String user) {
        return internal("/grant-lookups", "{\"grantee\":{\"kind\":\"USER\",\"name\":\"" + user + "\"}}")
                .body();
    }

    private static String statement(String object, String... users) {
        StringBuilder grantees = new StringBuilder();
        for (String user : users) {
            grantees.append(grantees.isEmpty() ? "" : ",")
                    .append("{\"kind\":\"USER\",\"name\":\"")
                    .append(user)
                    .append("\"}");
        }
        return "{\"grantees\":[" + grantees + "],\"object\":" + object
                + ",\"privileges\":[\"READ\"],\"effect\":\"ALLOW\"}";
    }

    private static HttpResponse<String> internal(String path, String body) {
        return InternalCalls.send(LocalCapability.secret(), "POST", path, body);
    }
}
