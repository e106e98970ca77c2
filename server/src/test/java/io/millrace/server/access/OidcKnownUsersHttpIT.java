package io.millrace.server.access;

import static io.millrace.server.access.OidcBrowser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.testkit.TestOidcProvider;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A public client of an OpenID provider, on a server that makes no users. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = OidcStack.class, restrictToAnnotatedClass = true)
class OidcKnownUsersHttpIT {
    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final TestOidcProvider provider = OidcStack.provider();
    private final OidcBrowser browser = new OidcBrowser();
    private final String subject = "auth0|" + UUID.randomUUID();

    @Test
    void letsInOnlyWhomAnAdministratorLinked() {
        provider.person("bob", subject, Map.of("preferred_username", "bob", "groups", List.of("streams")));

        HttpResponse<String> unknown = browser.signIn("bob");
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(unknown.body()).contains("SIGN_IN_REFUSED", "Millrace does not know you", subject);
        assertThat(admin.get("/users/bob").statusCode()).isEqualTo(404);

        admin.send("POST", "/users", "{\"name\":\"robert\"}");
        admin.send("PATCH", "/users/robert", "{\"oidcSubject\":\"" + subject + "\"}", "If-Match", "*");
        assertThat(json(browser.signIn("bob")).at("/user/name").textValue()).isEqualTo("robert");
    }
}
