package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/** Tables by HTTP: created, changed, dropped, restored, found. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class TableHttpIT {
    private static final String KAFKA = "/catalogs/kafka/databases/main";

    private final OpenApiExchanges api = new OpenApiExchanges();
    private final String name = "t_" + UUID.randomUUID().toString().substring(0, 8);
    private final String table = KAFKA + "/tables/" + name;

    @Test
    void createsChangesAndRemembers() {
        HttpResponse<String> created = create(
                name,
                "topic-" + name,
                "{\"name\":\"id\",\"kind\":\"PHYSICAL\"," + "\"type\":\"BIGINT NOT NULL\",\"virtual\":false}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElseThrow()).endsWith("/api/v1" + table);
        assertThat(created.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(created.body()).contains("\"ddl\":\"CREATE TABLE `kafka`.`main`.`" + name + "`");

        HttpResponse<String> changed = api.send(
                "PUT",
                table,
                definition(
                        name,
                        "topic-" + name,
                        "{\"id\":1,\"name\":\"key\",\"kind\":\"PHYSICAL\","
                                + "\"type\":\"BIGINT NOT NULL\",\"virtual\":false}"),
                "If-Match",
                "\"1\"");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("\"id\":1,\"name\":\"key\"");

        HttpResponse<String> commented = api.send(
                "PATCH",
                table,
                "{\"comment\":\"all of them\",\"columnComments\":{\"key\":\"the key\"}}",
                "If-Match",
                "\"2\"");
        assertThat(commented.body()).contains("COMMENT 'the key'", "COMMENT 'all of them'");

        assertThat(api.get(table + "/versions").body())
                .contains("\"version\":3", "comment of column `key` changed; comment changed")
                .contains("\"summary\":\"column `id` renamed to `key`\"", "\"author\":\"local\"")
                .contains("\"version\":1", "\"cause\":\"CREATED\"");
        String page = api.get(table + "/versions?pageSize=2").body();
        String token = page.replaceAll(".*\"nextPageToken\":\"([^\"]*)\".*", "$1");
        assertThat(api.get(table + "/versions?pageSize=2&pageToken=" + token).body())
                .contains("\"version\":1")
                .doesNotContain("\"version\":2");
    }

    @Test
    void refusesWritesThatAreBasedOnNothingOrOnSomethingOld() {
        create(name, "t", column("id"));

        assertThat(api.delete(table).statusCode()).isEqualTo(428);
        assertThat(api.delete(table, "If-Match", "\"7\"").statusCode()).isEqualTo(409);
        assertThat(api.send("PUT", table, definition(name, "t", column("n")), "If-Match", "\"7\"")
                        .body())
                .contains("STALE_VERSION");
        assertThat(api.send("PATCH", table, "{\"columnComments\":{\"none\":\"x\"}}", "If-Match", "*")
                        .body())
                .contains("TABLE_INVALID", "/columns/none");
        assertThat(create(name, "t", column("id")).body()).contains("TABLE_EXISTS");
    }

    @Test
    void triesWithoutDoing() {
        String tables = KAFKA + "/tables?dryRun=true";
        String body = "{\"definition\":" + definition(name, "t", column("id")) + "}";

        assertThat(api.send("POST", tables, body).statusCode()).isEqualTo(204);
        assertThat(api.get(table).statusCode()).isEqualTo(404);
        assertThat(api.send("POST", tables, body.replace("topic", "topik")).body())
                .contains("OPTION_INVALID", "Did you mean 'topic'?");

        create(name, "t", column("id"));
        assertThat(api.send("POST", tables, body).body()).contains("TABLE_EXISTS");
        assertThat(api.send("PUT", table + "?dryRun=true", definition(name, "t", column("n")), "If-Match", "*")
                        .body())
                .contains("\"version\":2");
        assertThat(api.get(table).body()).contains("\"version\":1");
        assertThat(api.withWrongRequest().send("POST", tables, "{}").body()).contains("REQUEST_INVALID");
    }

    @Test
    void restoresWhatWasDropped() {
        create(name, "t", column("id"));
        assertThat(api.get(table + "x/versions").statusCode()).isEqualTo(404);
        assertThat(api.delete(table, "If-Match", "\"1\"").statusCode()).isEqualTo(204);
        assertThat(api.get(table).statusCode()).isEqualTo(404);
        assertThat(api.get(table + "/versions").body())
                .startsWith("{\"items\":[{\"version\":2,")
                .contains("\"cause\":\"DROPPED\"", "\"version\":1");

        String dropped = api.get(KAFKA + "/dropped-tables?pageSize=1").body();
        assertThat(dropped).contains("\"name\":\"" + name + "\"", "\"restorable\":true");
        String id = dropped.replaceAll(".*?\"id\":\"([^\"]*)\".*", "$1");
        String restorations = KAFKA + "/dropped-tables/" + id + "/restorations";
        create(name, "other", column("x"));
        assertThat(api.send("POST", restorations, "{}").body())
                .contains("TABLE_EXISTS", "Restore it as '" + name + "_2'");
        HttpResponse<String> restored = api.send("POST", restorations, "{\"name\":\"" + name + "_2\"}");

        assertThat(restored.statusCode()).isEqualTo(201);
        assertThat(restored.body()).contains("\"version\":3", "\"topic\":\"t\"");
        assertThat(api.send("POST", restorations, "{}").body()).contains("TABLE_NOT_FOUND");
    }

    @Test
    void removesADroppedTableForGoodWithItsFiles() throws IOException {
        String shop = "/catalogs/warehouse/databases/default";
        String columns =
                "{\"definition\":" + definition(name, "t", column("id")).replace("\"topic\":\"t\"", "") + "}";
        String made = api.send("POST", shop + "/tables", columns).body();
        String id = made.replaceAll("^\\{\"id\":\"([^\"]*)\".*", "$1");
        Path root = Path.of(
                URI.create(ConfigProvider.getConfig().getValue("millrace.catalog.warehouse.root", String.class)));
        String own = "default/" + name + "-" + id.substring(0, 8);
        Path rows = Files.createDirectories(root.resolve(own)).resolve("part-0");
        Files.writeString(rows, "rows");
        String purges = shop + "/dropped-tables/" + id + "/purges";

        assertThat(api.send("POST", purges, null).body()).contains("TABLE_NOT_FOUND");
        api.delete(shop + "/tables/" + name, "If-Match", "*");
        String answer = "{\"name\":\"" + name + "\",\"files\":1,\"bytes\":4,\"paths\":[\"" + own + "/part-0\"]}";
        assertThat(api.send("POST", purges + "?dryRun=true", null).body()).isEqualTo(answer);
        assertThat(rows).exists();
        assertThat(api.send("POST", purges, null).body()).isEqualTo(answer);

        assertThat(root.resolve(own)).doesNotExist();
        assertThat(api.get(shop + "/dropped-tables").body()).doesNotContain(id);
        assertThat(api.send("POST", shop + "/dropped-tables/" + id + "/restorations", "{}")
                        .body())
                .contains("TABLE_NOT_FOUND");
        assertThat(api.send("POST", purges, null).body()).contains("TABLE_NOT_FOUND");
    }

    @Test
    void findsTablesByNamesColumnsAndComments() {
        create(name, "t", column("id") + "," + column("Kundennummer_" + name));

        assertThat(api.get("/catalog-search?q=kundennummer_" + name.toUpperCase(Locale.ROOT))
                        .body())
                .contains("\"name\":\"" + name + "\"", "\"columns\":[\"Kundennummer_" + name + "\"]");
        String comments = "{\"comment\":\"Alle Bestellungen_" + name + "\",\"columnComments\":{\"id\":\"Belegzahl_"
                + name + "\"}}";
        assertThat(api.send("PATCH", table, comments, "If-Match", "\"1\"").statusCode())
                .isEqualTo(200);
        assertThat(api.get("/catalog-search?q=bestellungen_" + name).body())
                .contains("\"name\":\"" + name + "\"", "\"comment\":\"Alle Bestellungen_" + name + "\"");
        assertThat(api.get("/catalog-search?q=BELEGZAHL_" + name).body())
                .contains("\"name\":\"" + name + "\"", "\"columns\":[\"id\"]");
        assertThat(api.get("/catalog-search?q=" + name + "%20nothing%25").body())
                .isEqualTo("{\"items\":[]}");
        assertThat(api.withWrongRequest().get("/catalog-search?q=%20").body()).contains("REQUEST_INVALID");
        api.delete(table, "If-Match", "*");
        assertThat(api.get("/catalog-search?q=kundennummer_" + name).body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void namesTablesOverTheSameTopic() {
        create(name, name, column("id"));
        create(name + "_twin", name, column("id"));

        assertThat(api.get(table).body()).contains("\"sameData\":[\"kafka.main." + name + "_twin\"]");
    }

    @Test
    void filtersLists() {
        create(name, "t", column("id"));

        assertThat(api.get(KAFKA + "/tables?q=" + name.substring(2, 8).toUpperCase(Locale.ROOT))
                        .body())
                .contains("\"name\":\"" + name + "\"");
        assertThat(api.get(KAFKA + "/tables?q=nothing_" + name).body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void tellsWhatTablesMayBe() {
        assertThat(api.get("/connectors").body())
                .contains("\"connector\":\"upsert-kafka\",\"primaryKey\":\"REQUIRED\"")
                .contains("\"key\":\"topic\",\"category\":\"REQUIRED\"")
                .contains("\"key\":\"password\",\"category\":\"PLATFORM\"", "\"sensitive\":true");
    }

    @Test
    void refusesANameThatDiffersOnlyInCase() {
        create(name, "t", column("id"));

        String upper = name.toUpperCase(Locale.ROOT);
        assertThat(create(upper, "t", column("id")).body())
                .contains("TABLE_INVALID", "There is '" + name + "' already.");
        assertThat(api.send("PUT", table, definition(upper, "t", column("id")), "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void looksAtAStoreAndSaysThatARegisteredCatalogHasNone() {
        assertThat(api.send("POST", "/catalogs/postgres/refreshes", "{}").statusCode())
                .isEqualTo(200);
        assertThat(api.send("POST", "/catalogs/kafka/refreshes", "{}").body()).contains("CATALOG_UNSUPPORTED");
        assertThat(api.get("/catalogs").body()).contains("\"state\":\"AVAILABLE\"");
    }

    private HttpResponse<String> create(String as, String topic, String columns) {
        return api.send("POST", KAFKA + "/tables", "{\"definition\":" + definition(as, topic, columns) + "}");
    }

    private static String column(String column) {
        return "{\"name\":\"" + column + "\",\"kind\":\"PHYSICAL\",\"type\":\"INT\",\"virtual\":false}";
    }

    private static String definition(String as, String topic, String columns) {
        return "{\"name\":\"" + as + "\",\"kind\":\"TABLE\",\"columns\":[" + columns
                + "],\"watermarks\":[],\"partitionKeys\":[],\"options\":{\"topic\":\"" + topic + "\"}}";
    }
}
