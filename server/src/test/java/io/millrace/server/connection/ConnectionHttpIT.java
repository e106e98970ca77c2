package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Connections over HTTP, and what becomes of them in the catalogs. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class ConnectionHttpIT {
    private static final String CANARY = "canary-2f7b-secret";

    private final OpenApiExchanges api = new OpenApiExchanges();
    private final String name = "c_" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void showsWhatTheSettingsDefineAndKeepsItAsItIs() {
        assertThat(json(api.get("/connections/main")).at("/managed").booleanValue())
                .isTrue();
        assertThat(json(api.get("/connections/main")).at("/sqlName").textValue())
                .isEqualTo("kafka.main");
        assertThat(api.get("/connections?kind=postgres").body()).contains("\"name\":\"postgres\"");
        assertThat(api.get("/connections?q=warehouse").body()).contains("\"name\":\"warehouse\"");
        HttpResponse<String> refused = api.delete("/connections/postgres", "If-Match", "*");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("CONNECTION_MANAGED");
        assertThat(create("main", "kafka", "{\"bootstrapServers\":[\"k:9092\"]}", "{}")
                        .body())
                .contains("CONNECTION_EXISTS");
    }

    @Test
    void makesChangesAndDeletesAConnection() {
        HttpResponse<String> made = create(name, "postgres", fields("db"), secrets(CANARY));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location").orElse("")).endsWith("/api/v1/connections/" + name);
        assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(made.body())
                .doesNotContain(CANARY)
                .contains("\"password\":{\"origin\":\"VALUE\",\"keyId\":\"test\"}");
        assertThat(create(name, "postgres", fields("db"), secrets("x")).statusCode())
                .isEqualTo(409);

        assertThat(put("{\"fields\":" + fields("db") + "}").statusCode())
                .as("no If-Match")
                .isEqualTo(428);
        HttpResponse<String> same = put("{\"fields\":" + fields("db") + "}", "If-Match", "\"1\"");
        assertThat(same.headers().firstValue("ETag")).as("nothing changed").contains("\"1\"");
        HttpResponse<String> changed = put("{\"fields\":" + fields("db") + ",\"comment\":\"客户\"}", "If-Match", "\"1\"");
        assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(put("{\"fields\":" + fields("db") + "}", "If-Match", "\"1\"").body())
                .contains("STALE_VERSION");

        String history = api.get("/connections/" + name + "/changes").body();
        assertThat(history)
                .contains("\"what\":\"CREATED\"", "\"what\":\"CHANGED\"", "[\"comment\"]", "\"by\":\"local\"")
                .doesNotContain(CANARY);
        assertThat(api.delete("/connections/" + name, "If-Match", "\"2\"").statusCode())
                .isEqualTo(204);
        assertThat(api.get("/connections/" + name).body()).contains("CONNECTION_NOT_FOUND");
        assertThat(api.get("/connections/" + name + "/changes").body()).contains("\"what\":\"DELETED\"");
    }

    @Test
    void neverLetsASecretFollowToAnotherPlace() {
        create(name, "postgres", fields("db"), secrets(CANARY));

        HttpResponse<String> moved = put("{\"fields\":" + fields("elsewhere") + "}", "If-Match", "*");
        assertThat(moved.statusCode()).isEqualTo(422);
        assertThat(json(moved).at("/errors/0/pointer").textValue()).isEqualTo("/secrets/password");
        assertThat(put("{\"fields\":" + fields("elsewhere") + ",\"secrets\":" + secrets("new") + "}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
        assertThat(put("{\"fields\":" + fields("elsewhere") + ",\"secrets\":{\"password\":null}}", "If-Match", "*")
                        .body())
                .contains("Field 'password' is required.");
    }

    @Test
    void checksWithoutKeeping() {
        String body = "{\"name\":\"" + name + "\",\"kind\":\"postgres\",\"fields\":" + fields("db") + ",\"secrets\":"
                + secrets(CANARY) + "}";
        assertThat(api.send("POST", "/connections?dryRun=true", body).statusCode())
                .isEqualTo(200);
        assertThat(api.get("/connections/" + name).statusCode()).isEqualTo(404);

        HttpResponse<String> wrong = api.send(
                "POST",
                "/connections?dryRun=true",
                "{\"name\":\"" + name
                        + "\",\"kind\":\"mysql\",\"fields\":{\"hots\":\"db\",\"options\":{\"x\":\"y\"}}}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("/fields/hots", "Did you mean 'host'?", "/fields/options", "/secrets/password");
        assertThat(create(name, "mysqll", "{}", "{}").body()).contains("Did you mean 'mysql'?");
        assertThat(create("Upper-Case", "mysql", "{}", "{}").body()).contains("/name");
        assertThat(create(name, "redis", "{\"host\":\"169.254.169.254\"}", "{}").statusCode())
                .isEqualTo(403);
        assertThat(create(name, "filesystem", "{\"root\":\"file:///etc\"}", "{}")
                        .body())
                .contains("EGRESS_DENIED");
        api.withWrongRequest();
        assertThat(api.send("POST", "/connections", "{\"kind\":\"redis\",\"url\":\"x\"}")
                        .body())
                .contains("REQUEST_INVALID", "/url");
    }

    @Test
    void describesItsKinds() {
        assertThat(api.get("/connection-kinds").body())
                .contains("\"kind\":\"kafka\"", "\"key\":\"topicPrefixes\"", "\"shape\":\"CATALOG\"");
    }

    @Test
    void makesADatabaseOfAKafkaConnection() {
        create(
                name,
                "kafka",
                "{\"bootstrapServers\":[\"k1:9092\",\"k2:9092\"],\"securityProtocol\":\"SASL_SSL\",\"username\":\"app\","
                        + "\"topicPrefixes\":[\"web.\"]}",
                secrets(CANARY));

        assertThat(api.get("/catalogs/kafka/databases").body()).contains("\"name\":\"" + name + "\"");
        String tables = "/catalogs/kafka/databases/" + name + "/tables";
        var refused = Internal.post(tables, Internal.table("orders", "other.orders"));
        assertThat(refused).contains("/options/topic", "web.");
        var table = json(Internal.post(tables, Internal.table("orders", "web.orders")));
        String resolved = Internal.get("/resolutions?ref=" + table.at("/ref").textValue());
        assertThat(resolved)
                .contains("k1:9092,k2:9092", "SASL_SSL", "SCRAM-SHA-512", "shaded", "ScramLoginModule", CANARY);
        assertThat(api.get(tables + "/orders").body()).doesNotContain(CANARY, "k1:9092");

        HttpResponse<String> used = api.delete("/connections/" + name, "If-Match", "*");
        assertThat(used.statusCode()).isEqualTo(409);
        assertThat(used.body()).contains("CONNECTION_IN_USE", "kafka." + name + ".orders");
        Internal.delete(tables + "/orders");
        assertThat(api.delete("/connections/" + name, "If-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(api.get("/catalogs/kafka/databases").body()).doesNotContain(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis|{\"host\":\"redis.example\"}|key-prefix|user:",
                "hbase|{\"zookeeper\":[\"zookeeper.example:2181\"]}|table|users"
            })
    void describesTablesOfStoresWhoseConnectorsComeLater(String kind, String fields, String option, String value) {
        String catalog = "\"name\":\"" + kind + "\"";
        assertThat(api.get("/catalogs").body()).doesNotContain(catalog);
        create(name, kind, fields, "{}");
        assertThat(api.get("/catalogs").body()).contains(catalog);

        String tables = "/catalogs/" + kind + "/databases/" + name + "/tables";
        var table = json(Internal.post(tables, Internal.keyed("users", option, value)));
        assertThat(Internal.get("/resolutions?ref=" + table.at("/ref").textValue()))
                .contains("CONNECTION_UNSUPPORTED", "described only");
        Internal.delete(tables + "/users");
        api.delete("/connections/" + name, "If-Match", "*");
        assertThat(api.get("/catalogs").body()).doesNotContain(catalog);
    }

    @Test
    void opensACatalogOfAPostgresConnectionAndFollowsItsChanges() {
        create(name, "postgres", ownDatabase("postgres"), secrets("postgres"));
        assertThat(api.get("/catalogs/" + name + "/databases").body()).contains("\"name\":\"public\"");

        put("{\"fields\":" + ownDatabase("nobody") + ",\"secrets\":" + secrets("wrong") + "}", "If-Match", "*");
        HttpResponse<String> down = api.get("/catalogs/" + name + "/databases");
        assertThat(down.statusCode()).isIn(503, 200);
        api.delete("/connections/" + name, "If-Match", "*");
        assertThat(api.get("/catalogs/" + name + "/databases").body()).contains("CATALOG_NOT_FOUND");
    }

    @Test
    void movesSecretsToANewKeyAndNamesAKeyThatIsMissing() throws IOException {
        create(name, "postgres", ownDatabase("postgres"), secrets("postgres"));
        Path keys = Path.of(ConfigProvider.getConfig().getValue("millrace.secret.key-file", String.class));
        String old = Files.readString(keys);
        String next = "next:" + new StringBuilder(ServerStack.SECRET_KEY.substring(0, 43)).reverse() + "=";
        try {
            Files.writeString(keys, next);
            assertThat(api.send("POST", "/secret-rotations", null).body()).contains("SECRET_UNREADABLE", "'test'");
            assertThat(api.get("/catalogs/" + name + "/databases").body()).contains("'test' is missing");

            Files.writeString(keys, next + "\n" + old);
            JsonNode rotated = json(api.send("POST", "/secret-rotations", null));
            assertThat(rotated.at("/keyId").textValue()).isEqualTo("next");
            assertThat(rotated.at("/secrets").intValue()).isPositive();
            assertThat(json(api.send("POST", "/secret-rotations", null))
                            .at("/secrets")
                            .intValue())
                    .isZero();

            Files.writeString(keys, next);
            assertThat(api.get("/catalogs/" + name + "/databases").body()).contains("\"name\":\"public\"");
        } finally {
            Files.writeString(keys, old + "\n" + next);
            api.send("POST", "/secret-rotations", null);
        }
    }

    @Test
    void keepsNoSecretInTheDatabase() throws SQLException {
        create(name, "postgres", fields("db"), secrets(CANARY));

        StringBuilder dump = new StringBuilder();
        var config = ConfigProvider.getConfig();
        try (Connection connection = DriverManager.getConnection(
                        config.getValue("quarkus.datasource.jdbc.url", String.class), "postgres", "postgres");
                var statement = connection.createStatement()) {
            for (String table : new String[] {"connection", "connection_secret", "connection_change"}) {
                try (ResultSet rows = statement.executeQuery("SELECT to_jsonb(t)::text FROM " + table + " t")) {
                    while (rows.next()) {
                        dump.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        assertThat(dump.toString()).contains(name).doesNotContain(CANARY);
    }

    @Test
    void triesItsOwnPostgresAndOneThatIsNotKept() {
        JsonNode own = json(api.send("POST", "/connections/postgres/tests", null));
        assertThat(own.at("/ok").booleanValue()).as(own.toString()).isTrue();
        assertThat(own.at("/stages")).hasSize(4);

        String body = "{\"kind\":\"postgres\",\"fields\":" + ownDatabase("postgres") + ",\"secrets\":"
                + secrets("postgres") + "}";
        JsonNode draft = json(api.send("POST", "/connection-tests", body));
        assertThat(draft.at("/ok").booleanValue()).as(draft.toString()).isTrue();
        assertThat(api.send(
                                "POST",
                                "/connection-tests",
                                "{\"kind\":\"redis\",\"fields\":{\"host\":\"169.254.169.254\"}}")
                        .statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> create(String connection, String kind, String fields, String secrets) {
        return api.send(
                "POST",
                "/connections",
                "{\"name\":\"" + connection + "\",\"kind\":\"" + kind + "\",\"fields\":" + fields + ",\"secrets\":"
                        + secrets + "}");
    }

    private HttpResponse<String> put(String body, String... headers) {
        return api.send("PUT", "/connections/" + name, body, headers);
    }

    private static String fields(String host) {
        return "{\"host\":\"" + host + "\",\"database\":\"crm\",\"username\":\"app\"}";
    }

    /** The database that the catalog {@code postgres} shows too. */
    private static String ownDatabase(String user) {
        var config = ConfigProvider.getConfig();
        return "{\"host\":\"127.0.0.1\",\"port\":" + config.getValue("millrace.catalog.postgres.port", String.class)
                + ",\"database\":\"" + config.getValue("millrace.catalog.postgres.database", String.class)
                + "\",\"username\":\"" + user + "\"}";
    }

    private static String secrets(String password) {
        return "{\"password\":\"" + password + "\"}";
    }

    private static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    private static JsonNode json(String body) {
        try {
            return Json.lenient().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
