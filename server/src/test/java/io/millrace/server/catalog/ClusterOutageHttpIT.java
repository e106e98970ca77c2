package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.FoundTables;
import io.millrace.api.catalog.NewLookup;
import io.millrace.api.catalog.TableKey;
import io.millrace.api.client.Rest;
import io.millrace.server.access.LocalCapability;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A Kafka cluster that is down, to those who use it and to those who look for it. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class ClusterOutageHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();

    @Test
    void saysSinceWhenAClusterIsDown() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        var made = api.send(
                "POST",
                "/connections",
                "{\"name\":\"dark\",\"kind\":\"kafka\",\"fields\":{\"bootstrapServers\":[\"127.0.0.1:" + nobody
                        + "\"]}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var table = api.send("POST", "/catalogs/kafka/databases/dark/tables", """
                {"definition": {"name": "t", "kind": "TABLE", "watermarks": [], "partitionKeys": [], "options": {"topic": "x"},
                 "columns": [{"name": "a", "kind": "PHYSICAL", "type": "INT", "virtual": false}]}}
                """);
        assertThat(table.statusCode()).as(table.body()).isEqualTo(201);
        assertThat(dark().unavailableSince()).as("nobody was about to use it").isNull();

        List<String> notices = new ArrayList<>();
        FoundTables found = internal()
                .post("/lookups")
                .body(new NewLookup(List.of(new TableKey("kafka", "dark", "t"))))
                .noticing(notices::add)
                .as(FoundTables.class);

        assertThat(found.tables())
                .singleElement()
                .extracting(FoundTables.Found::table)
                .isNotNull();
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("The Kafka cluster of connection 'dark' does not answer. It has not answered since ")
                .doesNotContain("127.0.0.1");
        assertThat(dark().unavailableSince()).isNotNull();
        assertThat(dark().reason()).startsWith("The Kafka cluster of connection 'dark' does not answer");
        assertThat(api.get("/catalogs").body()).doesNotContain("connection 'dark'");
    }

    private DatabaseView dark() throws IOException {
        JsonNode all = Json.strict()
                .readTree(api.get("/catalogs/kafka/databases").body())
                .path("items");
        for (JsonNode each : all) {
            if (each.path("name").asText().equals("dark")) {
                return Json.strict().treeToValue(each, DatabaseView.class);
            }
        }
        throw new AssertionError(all);
    }

    private static Rest internal() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return Rest.at(URI.create("http://127.0.0.1:" + port + "/internal/v1"))
                .withToken(() -> ServerStack.INTERNAL_TOKEN)
                .withHeader(LocalCapability.HEADER, LocalCapability.secret());
    }
}
