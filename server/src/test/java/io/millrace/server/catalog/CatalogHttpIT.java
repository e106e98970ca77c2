package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.api.catalog.ColumnKind;
import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.Drop;
import io.millrace.api.catalog.FoundTables;
import io.millrace.api.catalog.NewDatabase;
import io.millrace.api.catalog.NewLookup;
import io.millrace.api.catalog.NewResolutions;
import io.millrace.api.catalog.ResolvedTable;
import io.millrace.api.catalog.ResolvedTables;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TableKey;
import io.millrace.api.catalog.TableKind;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableView;
import io.millrace.api.catalog.TableWrite;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.Rest;
import io.millrace.api.problem.Problem;
import io.millrace.server.access.LocalCapability;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.testkit.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Both faces of the catalogs: what users read, and what Flink's side reads, changes and resolves. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class CatalogHttpIT {
    private static final String TABLES = "/catalogs/{}/databases/{}/tables";
    private static final String TABLE = TABLES + "/{}";

    private final OpenApiExchanges api = new OpenApiExchanges();
    private final String database = "db_" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void showsTheTree() {
        assertThat(api.get("/catalogs").body())
                .contains("\"name\":\"kafka\"", "\"name\":\"postgres\"", "\"name\":\"warehouse\"");
        assertThat(api.get("/catalogs/kafka/databases").body()).contains("\"name\":\"main\"");
        assertThat(api.get("/catalogs/warehouse/databases").body()).contains("\"name\":\"default\"");
        assertThat(api.get("/catalogs/postgres/databases").body()).contains("\"name\":\"public\"");

        assertThat(api.get("/catalogs/hive/databases").statusCode()).isEqualTo(404);
        assertThat(api.get("/catalogs/kafka/databases/nowhere/tables").body()).contains("DATABASE_NOT_FOUND");
        assertThat(api.get("/catalogs/kafka/databases/main/tables/none").body()).contains("TABLE_NOT_FOUND");
        assertThat(api.get("/catalogs/kafka/databases/main/tables/a%00b").statusCode())
                .isEqualTo(404);
    }

    @Test
    void createsChangesAndDropsATable() {
        internal()
                .post("/catalogs/warehouse/databases")
                .body(new NewDatabase(database, "for a test"))
                .as(DatabaseView.class);
        TableView created = internal()
                .post(TABLES, "warehouse", database)
                .body(write(definition("orders", Map.of("format", "json"))))
                .as(TableView.class);
        assertThat(created.ref()).isEqualTo(created.id() + "@1");

        TableView changed = internal()
                .put(TABLE, "warehouse", database, "orders")
                .header("If-Match", "\"1\"")
                .body(write(definition("purchases", Map.of("format", "csv"))))
                .as(TableView.class);
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.id()).isEqualTo(created.id());
        assertRefused(
                "STALE_VERSION",
                409,
                () -> internal()
                        .put(TABLE, "warehouse", database, "purchases")
                        .header("If-Match", "\"1\"")
                        .body(write(definition("purchases", Map.of())))
                        .send());

        var shown = api.get("/catalogs/warehouse/databases/" + database + "/tables/purchases");
        assertThat(shown.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(shown.body()).contains("\"options\":{\"format\":\"csv\"}").doesNotContain("\"path\"", "file:");

        assertRefused(
                "DATABASE_NOT_EMPTY",
                409,
                () -> internal()
                        .delete("/catalogs/warehouse/databases/{}", database)
                        .send());
        internal().delete(TABLE, "warehouse", database, "purchases").send();
        internal().delete("/catalogs/warehouse/databases/{}", database).send();
        assertThat(api.get("/catalogs/warehouse/databases/" + database + "/tables")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void givesRealOptionsOnlyForAReferenceInItsVersion() {
        TableView table = internal()
                .post(TABLES, "kafka", "main")
                .body(write(definition(database, Map.of("topic", "clicks"))))
                .as(TableView.class);

        ResolvedTable resolved = resolve(table.ref());
        assertThat(resolved.options())
                .containsEntry("connector", "kafka")
                .containsEntry("properties.bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("topic", "clicks");

        assertRefused("TABLE_NOT_FOUND", 404, () -> resolve(table.id() + "@2"));
        assertRefused("TABLE_NOT_FOUND", 404, () -> resolve("nonsense"));
        internal().delete(TABLE, "kafka", "main", database).send();
        assertRefused("TABLE_NOT_FOUND", 404, () -> resolve(table.ref()));
    }

    @Test
    void keepsTheStatementThatDroppedATable() {
        internal()
                .post(TABLES, "kafka", "main")
                .body(write(definition(database, Map.of("topic", "clicks"))))
                .send();

        internal()
                .delete(TABLE, "kafka", "main", database)
                .body(new Drop("DROP TABLE " + database + " -- for good"))
                .send();

        String main = "/catalogs/kafka/databases/main/";
        String id = api.get(main + "dropped-tables?pageSize=1").body().replaceAll(".*?\"id\":\"([^\"]*)\".*", "$1");
        assertThat(api.send("POST", main + "dropped-tables/" + id + "/restorations", "{}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.get(main + "tables/" + database + "/versions").body())
                .contains("\"statement\":\"DROP TABLE " + database + " -- for good\"");
    }

    @Test
    void givesTheStatementThatMakesATableToFlinkToo() {
        TableView made = internal()
                .post(TABLES, "kafka", "main")
                .body(write(definition(database, Map.of("topic", "clicks"))))
                .as(TableView.class);

        TableView shown = internal()
                .get(TABLE, "kafka", "main", database)
                .query("ddl", "true")
                .as(TableView.class);

        assertThat(made.ddl()).isNull();
        assertThat(shown.ddl()).startsWith("CREATE TABLE `kafka`.`main`.").contains("'topic' = 'clicks'");
    }

    @Test
    void answersForAllTablesOfAStatementAtOnce() {
        TableView table = internal()
                .post(TABLES, "kafka", "main")
                .body(write(definition(database, Map.of("topic", "clicks"))))
                .as(TableView.class);
        TableKey known = new TableKey("kafka", "main", database);
        TableKey unknown = new TableKey("kafka", "main", "no table");
        TableKey impossible = new TableKey("", "main", "x");

        FoundTables found = internal()
                .post("/lookups")
                .body(new NewLookup(List.of(known, unknown, impossible)))
                .as(FoundTables.class);
        ResolvedTables resolved = internal()
                .post("/resolutions")
                .body(new NewResolutions(List.of(table.ref(), table.id() + "@2")))
                .as(ResolvedTables.class);

        assertThat(found.tables())
                .extracting(FoundTables.Found::key)
                .containsExactlyInAnyOrder(known, unknown, impossible);
        assertThat(found.tables())
                .extracting(FoundTables.Found::table, FoundTables.Found::allowed)
                .contains(tuple(table, List.of("READ", "WRITE")));
        assertThat(found.tables())
                .extracting(FoundTables.Found::problem)
                .filteredOn(Objects::nonNull)
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("TABLE_NOT_FOUND", "CATALOG_NOT_FOUND");
        assertThat(resolved.tables())
                .extracting(ResolvedTables.Resolution::table)
                .contains(resolve(table.ref()));
        assertThat(resolved.tables())
                .extracting(ResolvedTables.Resolution::problem)
                .filteredOn(Objects::nonNull)
                .extracting(Problem::code)
                .containsExactly("TABLE_NOT_FOUND");
        internal().delete(TABLE, "kafka", "main", database).send();
    }

    @Test
    void refusesAQuestionForTooManyTables() {
        TableKey key = new TableKey("kafka", "main", database);

        assertRefused(
                "REQUEST_INVALID",
                422,
                () -> internal()
                        .post("/lookups")
                        .body(new NewLookup(Collections.nCopies(NewLookup.MOST + 1, key)))
                        .send());
    }

    @Test
    void createsAndResolvesATableInPostgres() {
        internal()
                .post("/catalogs/postgres/databases")
                .body(new NewDatabase(database, null))
                .as(DatabaseView.class);
        TableView table = internal()
                .post(TABLES, "postgres", database)
                .body(write(definition("orders", Map.of())))
                .as(TableView.class);

        assertThat(resolve(table.ref()).options())
                .containsEntry("connector", "jdbc")
                .containsKeys("url", "username", "password");
        assertThat(resolve(table.ref()).toString()).doesNotContain("jdbc:postgresql");
        var shown = api.get("/catalogs/postgres/databases/" + database + "/tables/orders");
        assertThat(shown.body()).contains("\"options\":{}").doesNotContain("jdbc", "password");
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertRefused(
                "OPTION_INVALID",
                422,
                () -> internal()
                        .post(TABLES, "kafka", "main")
                        .body(write(definition("wrong", Map.of("topik", "clicks"))))
                        .send());
        assertRefused(
                "CATALOG_UNSUPPORTED",
                422,
                () -> internal()
                        .post("/catalogs/kafka/databases")
                        .body(new NewDatabase("region1", null))
                        .send());
        assertRefused(
                "TABLE_INVALID",
                422,
                () -> internal()
                        .post("/catalogs/warehouse/databases")
                        .body(new NewDatabase("../etc", null))
                        .send());
    }

    @Test
    void pagesLongLists() {
        internal()
                .post("/catalogs/warehouse/databases")
                .body(new NewDatabase(database, null))
                .as(DatabaseView.class);
        for (String name : List.of("a", "b", "c")) {
            internal()
                    .post(TABLES, "warehouse", database)
                    .body(write(definition(name, Map.of())))
                    .send();
        }
        String path = "/catalogs/warehouse/databases/" + database + "/tables?pageSize=2";

        String first = api.get(path).body();
        assertThat(first).contains("\"name\":\"a\"", "\"name\":\"b\"").doesNotContain("\"name\":\"c\"");
        String token = first.replaceAll(".*\"nextPageToken\":\"([^\"]*)\".*", "$1");
        assertThat(api.get(path + "&pageToken=" + token).body())
                .contains("\"name\":\"c\"")
                .doesNotContain("\"name\":\"a\"", "nextPageToken");
    }

    @Test
    void listsWhatIsKnownOfAStoreThatDoesNotAnswer() {
        TestPostgres.Database crm = TestPostgres.createDatabase();
        Jdbi.create(crm.dataSource()).useHandle(handle -> handle.execute("CREATE TABLE orders (id int)"));
        String fields = "{\"host\":\"127.0.0.1\",\"port\":" + crm.port() + ",\"database\":\"" + crm.name()
                + "\",\"username\":\"postgres\",\"tls\":\"disable\"}";
        var made = api.send(
                "POST",
                "/connections",
                "{\"name\":\"" + database + "\",\"kind\":\"postgres\",\"fields\":" + fields
                        + ",\"secrets\":{\"password\":\"postgres\"}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String databases = "/catalogs/" + database + "/databases";
        assertThat(api.get(databases + "/public/tables/orders").statusCode()).isEqualTo(200);
        assertThat(api.get(databases).body()).doesNotContain("asOf");
        assertThat(api.get(databases).headers().firstValue("Millrace-Notice")).isEmpty();

        Jdbi.create(TestPostgres.createDatabase().dataSource())
                .useHandle(handle -> handle.execute("DROP DATABASE " + crm.name() + " WITH (FORCE)"));
        var known = api.get(databases + "/public/tables");

        assertThat(known.body()).contains("\"name\":\"orders\"", "\"asOf\"");
        assertThat(known.headers().firstValue("Millrace-Notice").orElse(""))
                .contains(database, "has%20not%20answered%20since")
                .doesNotContain("127.0.0.1");
        assertThat(api.get(databases).body()).contains("\"name\":\"public\"", "\"asOf\"");
        assertThat(api.get(databases + "/unknown/tables").body()).contains("STORE_UNAVAILABLE");
        assertThat(internal().get(TABLES, database, "public").asList(TableSummary.class))
                .extracting(TableSummary::name)
                .containsExactly("orders");
        describesAndResolvesWhatIsKnown();
    }

    private void describesAndResolvesWhatIsKnown() {
        TableView described =
                internal().get(TABLE, database, "public", "orders").as(TableView.class);
        assertThat(described.definition().columns())
                .extracting(ColumnView::name)
                .containsExactly("id");
        List<String> notices = new ArrayList<>();
        FoundTables found = internal()
                .post("/lookups")
                .body(new NewLookup(List.of(new TableKey(database, "public", "orders"))))
                .noticing(notices::add)
                .as(FoundTables.class);
        assertThat(found.tables()).extracting(FoundTables.Found::table).containsExactly(described);
        assertThat(notices).singleElement().asString().contains("has not answered since");
        assertThat(resolve(described.ref()).options()).containsEntry("table-name", "\"public\".\"orders\"");
    }

    @Test
    void opensTheInternalApiToNobodyWithoutTheToken() {
        Rest stranger = Rest.at(URI.create(management() + "/internal/v1")).withToken(() -> "guess");

        Assertions.assertThatThrownBy(
                        () -> stranger.get("/resolutions").query("ref", "x@1").send())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(401));
        Rest usersPort = Rest.at(URI.create(OpenApiExchanges.base())).withToken(() -> ServerStack.INTERNAL_TOKEN);
        Assertions.assertThatThrownBy(
                        () -> usersPort.get("/internal/v1/catalogs").send())
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    private static ResolvedTable resolve(String ref) {
        return internal().get("/resolutions").query("ref", ref).as(ResolvedTable.class);
    }

    private static TableWrite write(TableDefinition definition) {
        return new TableWrite(definition, "CREATE TABLE " + definition.name());
    }

    private static TableDefinition definition(String name, Map<String, String> options) {
        var column = new ColumnView(null, "id", ColumnKind.PHYSICAL, "BIGINT NOT NULL", null, null, false, null);
        return new TableDefinition(
                name, TableKind.TABLE, List.of(column), null, List.of(), List.of(), options, null, null);
    }

    private static Rest internal() {
        return Rest.at(URI.create(management() + "/internal/v1"))
                .withToken(() -> ServerStack.INTERNAL_TOKEN)
                .withHeader(LocalCapability.HEADER, LocalCapability.secret());
    }

    private static String management() {
        return "http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
    }

    private static void assertRefused(String code, int status, ThrowingCallable call) {
        Assertions.assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.status()).isEqualTo(status);
        });
    }
}
