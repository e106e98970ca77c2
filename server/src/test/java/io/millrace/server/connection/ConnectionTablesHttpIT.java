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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** What connections and changes of connections mean for tables, over HTTP. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class ConnectionTablesHttpIT {
    private static final String CANARY = "canary-5e1d-secret";

    private final OpenApiExchanges api = new OpenApiExchanges();
    private final String name = "t_" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void refusesToExcludeTablesThatAreThereUnlessForced() {
        create(name, "kafka", "{\"bootstrapServers\":[\"k1:9092\"],\"topicPrefixes\":[\"web.\",\"app.\"]}", "{}");
        String tables = "/catalogs/kafka/databases/" + name + "/tables";
        for (int i = 0; i < 6; i++) {
            Internal.post(tables, Internal.table("t" + i, "web.t" + i));
        }
        String kept = json(Internal.post(tables, Internal.table("kept", "app.kept")))
                .at("/ref")
                .textValue();
        String narrow = "{\"fields\":{\"topicPrefixes\":[\"app.\"]}}";

        HttpResponse<String> refused = patch("?dryRun=true", narrow, "If-Match", "\"1\"");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).at("/detail").textValue())
                .contains("kafka." + name + ".t0, ", ".t4 and 1 more. Drop or alter them first, or force")
                .doesNotContain("kept");
        assertThat(json(refused).at("/errors")).hasSize(5);
        assertThat(json(patch("", "{\"comment\":\"x\"}", "If-Match", "\"1\""))
                        .at("/version")
                        .intValue())
                .isEqualTo(2);

        HttpResponse<String> forced = patch("?force=true", narrow, "If-Match", "\"2\"");
        assertThat(notice(forced))
                .contains("cannot be used: kafka." + name + ".t0")
                .doesNotContain("kept");
        String ref = json(Internal.get(tables + "/t0")).at("/ref").textValue();
        assertThat(Internal.get("/resolutions?ref=" + ref)).contains("OPTION_INVALID", "Topics begin with: app.");
        assertThat(Internal.get("/resolutions?ref=" + kept)).contains("\"topic\":\"app.kept\"");
        assertThat(patch("", "{\"comment\":\"y\"}", "If-Match", "*").statusCode())
                .as("what is excluded already is in nobody's way")
                .isEqualTo(200);
        assertThat(patch("", "{\"fields\":{\"topicPrefixes\":null}}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Internal.get("/resolutions?ref=" + ref)).contains("\"topic\":\"web.t0\"");
    }

    @Test
    void saysWhichTablesLeadElsewhere() {
        create(name, "kafka", "{\"bootstrapServers\":[\"k1:9092\"]}", "{}");
        Internal.post("/catalogs/kafka/databases/" + name + "/tables", Internal.table("clicks", "clicks"));
        String moved = "{\"fields\":{\"bootstrapServers\":[\"k2:9092\"]}}";

        for (String query : new String[] {"?dryRun=true", ""}) {
            assertThat(notice(patch(query, moved, "If-Match", "\"1\"")))
                    .isEqualTo("'bootstrapServers' changes, so these tables lead elsewhere: kafka." + name
                            + ".clicks. What runs goes on as it is until its next start.");
        }
        assertThat(notice(patch("", "{\"comment\":\"x\"}", "If-Match", "*"))).isEmpty();
    }

    @Test
    void changesOnlyWhatAPatchMentions() {
        create(
                name,
                "kafka",
                "{\"bootstrapServers\":[\"k:9092\"],\"securityProtocol\":\"SASL_SSL\",\"username\":\"app\"}",
                secrets(CANARY));

        JsonNode commented = json(patch("", "{\"comment\":\"EU\"}", "If-Match", "\"1\""));
        assertThat(commented.at("/fields/username").textValue()).isEqualTo("app");
        assertThat(commented.at("/secrets/password/origin").textValue()).isEqualTo("VALUE");
        assertThat(patch("", "{\"comment\":\"EU\"}").statusCode())
                .as("no If-Match")
                .isEqualTo(428);
        assertThat(patch("", "{\"comment\":\"US\"}", "If-Match", "\"1\"").body())
                .contains("STALE_VERSION");
        assertThat(patch("", "{\"fields\":{\"bootstrapServers\":[\"evil:9092\"]}}", "If-Match", "*")
                        .body())
                .contains("/secrets/password", "must be given again");
        assertThat(patch("", "{\"fields\":{\"hots\":null,\"username\":null}}", "If-Match", "*")
                        .body())
                .contains("/fields/hots", "/fields/username");

        JsonNode plain = json(patch("", "{\"fields\":{\"securityProtocol\":\"PLAINTEXT\"}}", "If-Match", "*"));
        assertThat(plain.at("/fields").toString())
                .as("what no longer counts went by itself")
                .isEqualTo("{\"bootstrapServers\":[\"k:9092\"],\"securityProtocol\":\"PLAINTEXT\"}");
        assertThat(plain.at("/secrets").size()).isZero();
        assertThat(plain.at("/comment").textValue()).isEqualTo("EU");
    }

    @Test
    void knowsATopicThatTwoConnectionsReach() throws SQLException {
        String other = name + "_other";
        create(name, "kafka", "{\"bootstrapServers\":[\"" + name + ":1\",\"x:1\"]}", "{}");
        create(other, "kafka", "{\"bootstrapServers\":[\"" + other + ":1\"]}", "{}");
        String tables = "/catalogs/kafka/databases/" + name + "/tables";
        api.send("POST", "/catalogs/kafka/databases/" + other + "/tables", Internal.table("theirs", name));
        assertThat(notice(api.send("POST", tables, Internal.table("mine", name))))
                .as("two clusters, as far as anybody knows")
                .isEmpty();

        told(name + ":1,x:1", "cluster " + name);
        told(other + ":1", "cluster " + name);

        assertThat(notice(api.send("POST", tables, Internal.table("again", name))))
                .isEqualTo("Table 'kafka." + name + ".again' is over the same data as kafka." + name + ".mine, kafka."
                        + other + ".theirs.");
        assertThat(json(api.get(tables + "/mine")).at("/sameData").toString())
                .isEqualTo("[\"kafka." + name + ".again\",\"kafka." + other + ".theirs\"]");
    }

    @Test
    void knowsATableThatTwoConnectionsReach() {
        create(name, "postgres", ownDatabase("postgres").replace("127.0.0.1", "localhost"), secrets("postgres"));
        String tables = "/catalogs/postgres/databases/public/tables";
        Internal.delete(tables + "/" + name);
        Internal.post(
                tables,
                "{\"definition\":{\"name\":\"" + name
                        + "\",\"kind\":\"TABLE\",\"columns\":[{\"name\":\"id\",\"kind\":\"PHYSICAL\","
                        + "\"type\":\"BIGINT\",\"virtual\":false}],\"options\":{}}}");

        assertThat(api.get(tables + "/" + name).body()).contains("\"" + name + ".public." + name + "\"");
        assertThat(api.get("/catalogs/" + name + "/databases/public/tables/" + name)
                        .body())
                .contains("\"postgres.public." + name + "\"");
    }

    /** As if somebody had tried a connection to this address. */
    private static void told(String address, String identity) throws SQLException {
        var config = ConfigProvider.getConfig();
        try (Connection connection = DriverManager.getConnection(
                        config.getValue("quarkus.datasource.jdbc.url", String.class), "postgres", "postgres");
                var insert = connection.prepareStatement(
                        "INSERT INTO store_identity (kind, address, identity, seen_at) VALUES ('KAFKA', ?, ?, now())")) {
            insert.setString(1, address);
            insert.setString(2, identity);
            insert.executeUpdate();
        }
    }

    private HttpResponse<String> create(String connection, String kind, String fields, String secrets) {
        return api.send(
                "POST",
                "/connections",
                "{\"name\":\"" + connection + "\",\"kind\":\"" + kind + "\",\"fields\":" + fields + ",\"secrets\":"
                        + secrets + "}");
    }

    private HttpResponse<String> patch(String query, String body, String... headers) {
        return api.send("PATCH", "/connections/" + name + query, body, headers);
    }

    private static String notice(HttpResponse<String> response) {
        return URLDecoder.decode(
                response.headers().firstValue("Millrace-Notice").orElse(""), StandardCharsets.UTF_8);
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
