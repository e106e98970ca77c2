package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Json;
import io.millrace.api.catalog.Drop;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.FunctionWrite;
import io.millrace.api.catalog.NewDatabase;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.Rest;
import io.millrace.api.job.JobSpec;
import io.millrace.server.access.LocalCapability;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Functions by HTTP: created, changed, dropped, restored. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = FunctionGateway.class, restrictToAnnotatedClass = true)
class FunctionHttpIT {
    private static final String MAIN = "/catalogs/kafka/databases/main";
    private static final String FUNCTIONS = MAIN + "/functions";
    private static final String HOST = FUNCTIONS + "/host";

    private final OpenApiExchanges api = new OpenApiExchanges();

    @AfterEach
    void dropAll() {
        List.of("host", "host_2", "guest", "used").forEach(name -> api.delete(FUNCTIONS + "/" + name, "If-Match", "*"));
    }

    @Test
    void isFoundByWordsInItsNameAndClass() {
        create("guest", "a.Host");
        create("host", "a.Other");

        String first = api.get("/catalog-search?pageSize=1&q=HOST%20a.").body();
        assertThat(first)
                .contains("\"name\":\"guest\",\"kind\":\"FUNCTION\"", "\"className\":\"a.Host\"", "nextPageToken")
                .doesNotContain("a.Other");
        String token = first.replaceAll(".*\"nextPageToken\":\"([^\"]*)\".*", "$1");
        assertThat(api.get("/catalog-search?pageSize=1&q=HOST%20a.&pageToken=" + token)
                        .body())
                .contains("\"name\":\"host\"", "a.Other")
                .doesNotContain("nextPageToken");
        api.delete(HOST, "If-Match", "*");
        assertThat(api.get("/catalog-search?q=a.Other").body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void createsChangesAndRemembers() {
        HttpResponse<String> created = create("Host", "a.Host");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElseThrow()).endsWith("/api/v1" + HOST);
        assertThat(created.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(created.body())
                .contains("\"name\":\"host\"", "\"ddl\":\"CREATE FUNCTION `kafka`.`main`.`host`\\nAS 'a.Host'");

        HttpResponse<String> altered = alter("a.Other", "\"1\"");
        assertThat(altered.statusCode()).isEqualTo(200);
        assertThat(altered.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(api.get(FUNCTIONS + "/HOST").body()).contains("\"version\":2", "\"className\":\"a.Other\"");

        assertThat(api.get(HOST + "/versions").body())
                .contains("\"version\":2", "\"summary\":\"class `a.Host` → `a.Other`\"", "\"author\":\"local\"")
                .contains("\"version\":1", "\"cause\":\"CREATED\"");
        String page = api.get(HOST + "/versions?pageSize=1").body();
        String token = page.replaceAll(".*\"nextPageToken\":\"([^\"]*)\".*", "$1");
        assertThat(api.get(HOST + "/versions?pageSize=1&pageToken=" + token).body())
                .contains("\"version\":1")
                .doesNotContain("\"version\":2");
    }

    @Test
    void listsInPages() {
        create("host", "a.Host");
        create("guest", "a.Host");

        String page = api.get(FUNCTIONS + "?pageSize=1").body();
        assertThat(page).contains("\"name\":\"guest\"").doesNotContain("\"name\":\"host\"");
        String token = page.replaceAll(".*\"nextPageToken\":\"([^\"]*)\".*", "$1");
        assertThat(api.get(FUNCTIONS + "?pageSize=1&pageToken=" + token).body()).contains("\"name\":\"host\"");
        assertThat(api.get(FUNCTIONS + "?q=GUE").body())
                .contains("\"name\":\"guest\"")
                .doesNotContain("\"name\":\"host\"");
        assertThat(api.get("/catalogs/kafka/databases/none/functions").body()).contains("DATABASE_NOT_FOUND");
        assertThat(api.get("/catalogs/none/databases/main/functions").body()).contains("CATALOG_NOT_FOUND");
    }

    @Test
    void refusesWritesThatAreBasedOnNothingOrOnSomethingOld() {
        create("host", "a.Host");

        assertThat(api.delete(HOST).statusCode()).isEqualTo(428);
        assertThat(api.delete(HOST, "If-Match", "\"7\"").statusCode()).isEqualTo(409);
        assertThat(alter("a.Other", "\"7\"").body()).contains("STALE_VERSION");
        assertThat(create("HOST", "a.Other").body()).contains("FUNCTION_EXISTS", "do not differ by case");
        assertThat(api.get(FUNCTIONS + "/none").body()).contains("FUNCTION_NOT_FOUND");
    }

    @Test
    void refusesWhatTheGatewayRefuses() {
        assertThat(create("host", "a.Missing").body()).contains("FUNCTION_INVALID", "/className", "Cannot be parsed.");
        assertThat(create("host", "a.Unlisted").body()).contains("FUNCTION_INVALID", "no list of functions");
        assertThat(create("host", "it's").body()).contains("FUNCTION_INVALID", "'it's' is not the name of a class");
        assertThat(create(" ", "a.Host").body()).contains("FUNCTION_INVALID", "/name");
        assertThat(api.get(HOST).statusCode()).isEqualTo(404);

        create("host", "a.Host");
        assertThat(alter("a.Missing", "*").body()).contains("FUNCTION_INVALID");
        assertThat(api.get(HOST).body()).contains("\"version\":1");
    }

    @Test
    void triesWithoutDoing() {
        String body = "{\"name\":\"host\",\"className\":\"a.Host\"}";

        assertThat(api.send("POST", FUNCTIONS + "?dryRun=true", body).statusCode())
                .isEqualTo(204);
        assertThat(api.get(HOST).statusCode()).isEqualTo(404);
        create("host", "a.Host");
        assertThat(api.send("POST", FUNCTIONS + "?dryRun=true", body).body()).contains("FUNCTION_EXISTS");
        assertThat(api.send("PATCH", HOST + "?dryRun=true", "{\"className\":\"a.Other\"}", "If-Match", "*")
                        .body())
                .contains("\"version\":2");
        assertThat(api.delete(HOST + "?dryRun=true", "If-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(api.get(HOST).body()).contains("\"version\":1");
    }

    @Test
    void restoresWhatWasDropped() {
        create("host", "a.Host");
        assertThat(api.delete(HOST, "If-Match", "\"1\"").statusCode()).isEqualTo(204);
        assertThat(api.get(HOST).statusCode()).isEqualTo(404);

        String dropped = api.get(MAIN + "/dropped-functions?pageSize=1").body();
        assertThat(dropped).contains("\"name\":\"host\"", "\"className\":\"a.Host\"", "\"author\":\"local\"");
        String id = dropped.replaceAll(".*?\"id\":\"([^\"]*)\".*", "$1");
        String restorations = MAIN + "/dropped-functions/" + id + "/restorations";
        create("host", "a.Other");
        assertThat(api.send("POST", restorations, "{}").body()).contains("FUNCTION_EXISTS", "Restore it as 'host_2'");
        HttpResponse<String> restored = api.send("POST", restorations, "{\"name\":\"host_2\"}");

        assertThat(restored.statusCode()).isEqualTo(201);
        assertThat(restored.body()).contains("\"version\":3", "\"id\":\"" + id + "\"", "\"className\":\"a.Host\"");
        assertThat(api.send("POST", restorations, "{}").body()).contains("FUNCTION_NOT_FOUND");
    }

    @Test
    void saysWhichJobsCallIt() {
        create("used", "a.Host");
        JobSpec spec = new JobSpec(FunctionGateway.INSERT, null, null, null, null, null, null);
        assertThat(api.send("PUT", "/workspaces/default/jobs/hosts-of-visits", Json.write(spec))
                        .statusCode())
                .isEqualTo(200);

        String expected = "Function 'kafka.main.used' is called by job 'default.hosts-of-visits'; what runs";
        assertThat(notice(api.delete(FUNCTIONS + "/used?dryRun=true", "If-Match", "*")))
                .startsWith(expected);
        assertThat(notice(api.send("PATCH", FUNCTIONS + "/used", "{\"className\":\"a.Other\"}", "If-Match", "*")))
                .startsWith(expected);
        assertThat(notice(api.delete(FUNCTIONS + "/used", "If-Match", "*"))).startsWith(expected);

        api.send("DELETE", "/workspaces/default/jobs/hosts-of-visits", null, "If-Match", "*");
        create("used", "a.Host");
        assertThat(notice(api.delete(FUNCTIONS + "/used", "If-Match", "*"))).isEmpty();
    }

    @Test
    void livesInADatabaseOfAStoreThatKnowsNoFunctions() {
        String databases = "/catalogs/postgres/databases";
        internal().post(databases).body(new NewDatabase("shop", null)).send();
        String functions = databases + "/shop/functions";

        assertThat(api.get(functions).body()).isEqualTo("{\"items\":[]}");
        assertThat(api.send("POST", functions, "{\"name\":\"host\",\"className\":\"a.Host\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThatThrownBy(() -> internal()
                        .delete(databases + "/shop")
                        .query("cascade", false)
                        .send())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("DATABASE_NOT_EMPTY"));
        assertThat(api.get(functions + "/host").statusCode()).isEqualTo(200);

        internal().delete(databases + "/shop").query("cascade", true).send();
        assertThat(api.get(functions + "/host").body()).contains("FUNCTION_NOT_FOUND");
    }

    @Test
    void areReadAndChangedByFlinksSide() {
        String internal = FUNCTIONS + "/Host";
        FunctionView created = internal()
                .post(FUNCTIONS)
                .body(new FunctionWrite("Host", "a.Host", "CREATE FUNCTION Host …"))
                .as(FunctionView.class);
        assertThat(internal().get(internal).as(FunctionView.class)).isEqualTo(created);
        assertThat(internal().get(FUNCTIONS).asList(FunctionView.class)).containsExactly(created);

        assertThat(internal()
                        .put(internal)
                        .header("If-Match", "\"1\"")
                        .body(new FunctionWrite("Host", "a.Other", null))
                        .as(FunctionView.class)
                        .version())
                .isEqualTo(2);
        internal().delete(internal).body(new Drop("DROP FUNCTION Host")).send();
        assertThatThrownBy(() -> internal().delete(internal).send())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("FUNCTION_NOT_FOUND"));
        assertThat(api.get(MAIN + "/dropped-functions").body()).contains("\"id\":\"" + created.id() + "\"");
    }

    private static Rest internal() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return Rest.at(URI.create("http://127.0.0.1:" + port + "/internal/v1"))
                .withToken(() -> ServerStack.INTERNAL_TOKEN)
                .withHeader(LocalCapability.HEADER, LocalCapability.secret());
    }

    private HttpResponse<String> create(String name, String className) {
        return api.send("POST", FUNCTIONS, "{\"name\":\"" + name + "\",\"className\":\"" + className + "\"}");
    }

    private HttpResponse<String> alter(String className, String basedOn) {
        return api.send("PATCH", HOST, "{\"className\":\"" + className + "\"}", "If-Match", basedOn);
    }

    private static String notice(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Millrace-Notice")
                .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                .orElse("");
    }
}
