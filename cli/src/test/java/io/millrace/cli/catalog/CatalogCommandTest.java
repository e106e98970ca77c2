package io.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Each command against a server that answers by hand-written records. */
class CatalogCommandTest {
    private static final String ORDERS = """
            {"id": "7c1e", "version": 3, "ref": "7c1e@3", "catalog": "kafka", "database": "main",
             "definition": {"name": "orders", "kind": "TABLE", "comment": "all orders", "options": {"topic": "o"},
              "columns": [
               {"id": 1, "name": "id", "kind": "PHYSICAL", "type": "BIGINT NOT NULL", "virtual": false},
               {"id": 4, "name": "at", "kind": "COMPUTED", "expression": "NOW()", "virtual": false,
                "comment": "when"}]}}
            """;

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsWhatIsBelowAName() {
        server.on(
                "GET /catalogs", "{\"items\": [{\"name\": \"kafka\", \"kind\": \"kafka\", \"comment\": \"Topics\"}]}");
        server.on(
                "GET /catalogs/kafka/databases",
                "{\"items\": [{\"catalog\": \"kafka\", \"name\": \"main\", \"comment\": \"\"}]}");
        server.on(
                "GET /catalogs/my.lake/databases/a%60b/tables",
                "{\"items\": [{\"name\": \"t\", \"kind\": \"VIEW\", \"comment\": \"x\"}]}");

        assertThat(run("catalog", "list").out()).isEqualTo("""
                catalog | kind  | state     | comment
                --------+-------+-----------+--------
                kafka   | kafka | AVAILABLE | Topics
                """);
        assertThat(run("catalog", "list", "kafka").out()).isEqualTo("""
                database | comment
                ---------+--------
                main     |
                """);
        assertThat(run("catalog", "list", "`my.lake`.`a``b`").out()).isEqualTo("""
                table | kind | comment
                ------+------+--------
                t     | VIEW | x
                """);
    }

    @Test
    void saysThatAListIsWhatWasKnownOfAStore() {
        server.on("GET /catalogs", """
                {"items": [{"name": "crm", "kind": "mysql", "comment": "", "state": "UNAVAILABLE",
                 "unavailableSince": "2026-06-01T12:00:00Z", "reason": "The MySQL server of catalog 'crm' does not answer."}]}
                """);
        server.on("GET /catalogs/crm/databases/shop/tables", """
                {"items": [{"name": "t", "kind": "TABLE", "comment": "x", "asOf": "2026-06-01T11:00:00Z"}]}
                """);

        Run.Result result = run("catalog", "list", "crm.shop");

        assertThat(result).isEqualTo(new Run.Result(0, """
                table | kind  | comment
                ------+-------+--------
                t     | TABLE | x
                """, """
                The store does not answer now; this is what was known of it.
                crm: UNAVAILABLE since 2026-06-01T12:00:00Z: The MySQL server of catalog 'crm' does not answer.
                """));
    }

    @Test
    void saysSinceWhenWhatIsBehindADatabaseIsDown() {
        server.on("GET /catalogs/kafka/databases", """
                {"items": [{"catalog": "kafka", "name": "down", "comment": "", "reason": "No answer at kafka:1.",
                 "unavailableSince": "2026-06-01T12:00:00Z"}, {"catalog": "kafka", "name": "main", "comment": ""}]}
                """);

        assertThat(run("catalog", "list", "kafka"))
                .isEqualTo(new Run.Result(
                        0, """
                database | comment
                ---------+--------
                down     |
                main     |
                """, "kafka.down: UNAVAILABLE since 2026-06-01T12:00:00Z: No answer at kafka:1.\n"));
    }

    @Test
    void showsATableWithItsColumns() {
        server.on("GET /catalogs/kafka/databases/main/tables/orders", ORDERS);

        Run.Result result = run("catalog", "show", "kafka.main.orders");

        assertThat(result).isEqualTo(new Run.Result(0, """
                kafka.main.orders: TABLE, version 3
                all orders

                id | column | type            | comment
                ---+--------+-----------------+--------
                 1 | id     | BIGINT NOT NULL |
                 4 | at     | AS NOW()        | when
                """, ""));
        assertThat(run("catalog", "show", "kafka.main.orders", "-o", "json").out())
                .contains("\"version\" : 3", "\"expression\" : \"NOW()\"");
    }

    @Test
    void saysSinceWhenAStoreIsDown() {
        server.on("GET /catalogs", """
                {"items": [{"name": "crm", "kind": "mysql", "comment": "", "state": "UNAVAILABLE",
                 "unavailableSince": "2026-03-01T12:00:00Z", "reason": "no answer"}]}
                """);

        assertThat(run("catalog", "list").out()).contains("UNAVAILABLE since 2026-03-01T12:00:00Z");
    }

    @Test
    void createsATableFromAFile() throws IOException {
        Files.writeString(folder.resolve("orders.sql"), "CREATE TABLE orders (id BIGINT)");
        server.on("POST /catalogs/kafka/databases/main/tables", 201, ORDERS);

        Run.Result result = run("catalog", "create", "--in", "kafka.main", "-f", "orders.sql");

        assertThat(result).isEqualTo(new Run.Result(0, "kafka.main.orders: created\n", ""));
        assertThat(server.requests())
                .containsExactly("POST /catalogs/kafka/databases/main/tables"
                        + " {\"ddl\":\"CREATE TABLE orders (id BIGINT)\"}");
        assertThat(run("catalog", "create", "--in", "kafka", "-e", "x").exitCode())
                .isEqualTo(2);
        assertThat(run("catalog", "create", "--in", "kafka.main", "-f", "none.sql")
                        .err())
                .contains("none.sql cannot be read");
    }

    @Test
    void dropsATableAndBringsItBack() {
        server.on("GET /lineage/impact", """
                {"table": "kafka.main.orders", "incomplete": [], "dependents": [
                 {"kind": "JOB", "name": "load", "version": 2, "line": 1, "columns": ["n"], "uses": ["IDENTITY"]}]}
                """);
        server.on("DELETE /catalogs/kafka/databases/main/tables/orders", "");
        server.on("GET /catalogs/kafka/databases/main/dropped-tables", """
                {"items": [
                 {"id": "b", "name": "orders", "kind": "TABLE", "restorable": true, "author": "local",
                  "droppedAt": "2026-03-01T12:00:00Z", "summary": "dropped"},
                 {"id": "a", "name": "orders", "kind": "TABLE", "restorable": true, "author": "local",
                  "droppedAt": "2026-02-01T12:00:00Z", "summary": "dropped"}]}
                """);
        server.on("POST /catalogs/kafka/databases/main/dropped-tables/b/restorations", 201, ORDERS);

        assertThat(run("catalog", "drop", "kafka.main.orders").out())
                .isEqualTo("kafka.main.orders: dropped\n  read by job load, version 2\n");
        assertThat(run("catalog", "list", "kafka.main", "--dropped").out()).contains("2026-03-01T12:00:00Z | local");
        assertThat(run("catalog", "restore", "kafka.main.orders", "--as", "old").out())
                .isEqualTo("kafka.main.orders: restored (version 3)\n");
        assertThat(server.requests()).last().asString().endsWith("/b/restorations {\"name\":\"old\"}");
        assertThat(run("catalog", "restore", "kafka.main.users").err())
                .contains("No table 'kafka.main.users' was dropped");
    }

    @Test
    void removesADroppedTableForGoodOnlyWhenToldTwice() {
        server.on("GET /catalogs/warehouse/databases/shop/dropped-tables", """
                {"items": [
                 {"id": "b", "name": "orders", "kind": "TABLE", "restorable": true, "author": "local",
                  "droppedAt": "2026-03-01T12:00:00Z", "summary": "dropped"}]}
                """);
        server.on("POST /catalogs/warehouse/databases/shop/dropped-tables/b/purges", """
                {"name": "orders", "files": 3, "bytes": 42, "paths": ["shop/orders-1/a", "shop/orders-1/b"]}
                """);

        var refused = run("catalog", "purge", "warehouse.shop.orders");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("cannot be undone", "--dry-run", "--yes");
        assertThat(server.requests()).isEmpty();
        assertThat(run("catalog", "purge", "warehouse.shop.orders", "--dry-run").out())
                .isEqualTo("""
                        warehouse.shop.orders, dropped 2026-03-01T12:00:00Z by local: would be removed for good (3 files, 42 bytes)
                          shop/orders-1/a
                          shop/orders-1/b
                          and 1 more
                        """);
        assertThat(server.requests()).last().asString().contains("dryRun=true");
        assertThat(run("catalog", "purge", "warehouse.shop.orders", "--yes").out())
                .contains(": removed for good (3 files");
        assertThat(server.requests()).last().asString().contains("dryRun=false");
    }

    @Test
    void showsTheHistoryOfATable() {
        server.on("GET /catalogs/kafka/databases/main/tables/orders/versions", """
                {"items": [{"version": 2, "name": "orders", "cause": "DRIFT", "author": "store",
                 "summary": "column `n` INT added in the store", "at": "2026-03-01T12:00:00Z", "ddl": "x",
                 "definition": {"name": "orders", "kind": "TABLE", "columns": []}}]}
                """);

        assertThat(run("catalog", "history", "kafka.main.orders").out()).isEqualTo("""
                version | at                   | cause | author | what
                --------+----------------------+-------+--------+----------------------------------
                      2 | 2026-03-01T12:00:00Z | DRIFT | store  | column `n` INT added in the store
                """);
    }

    @Test
    void saysHowADroppedTableComesBack() {
        String versions = """
                {"items": [{"version": 2, "name": "orders", "cause": "DROPPED", "author": "local", "summary": "dropped",
                 "at": "2026-03-01T12:00:00Z", "ddl": "x",
                 "definition": {"name": "orders", "kind": "TABLE", "columns": []}}]}
                """;
        String dropped = """
                {"items": [{"id": "b", "name": "orders", "kind": "TABLE", "restorable": %s, "author": "local",
                 "droppedAt": "2026-03-01T12:00:00Z", "summary": "dropped"}]}
                """;
        server.on("GET /catalogs/kafka/databases/main/tables/orders/versions", versions);
        server.on("GET /catalogs/kafka/databases/main/dropped-tables", dropped.formatted(true));
        server.on("GET /catalogs/pg/databases/main/tables/orders/versions", versions);
        server.on("GET /catalogs/pg/databases/main/dropped-tables", dropped.formatted(false));

        Run.Result history = run("catalog", "history", "kafka.main.orders");
        assertThat(history.out()).contains("DROPPED");
        assertThat(history.err())
                .isEqualTo("kafka.main.orders was dropped. `millrace catalog restore kafka.main.orders` brings it"
                        + " back.\n");
        assertThat(run("catalog", "history", "pg.main.orders").err())
                .isEqualTo("pg.main.orders was dropped in its store, so it cannot be restored here.\n");
    }

    @Test
    void findsTables() {
        server.on("GET /catalog-search", """
                {"items": [{"catalog": "kafka", "database": "main", "name": "orders", "kind": "TABLE",
                 "comment": "all orders", "columns": ["user_id"]},
                {"catalog": "kafka", "database": "main", "name": "order_user", "kind": "FUNCTION",
                 "comment": "", "columns": [], "className": "com.example.OrderUser"}]}
                """);

        assertThat(run("catalog", "search", "order", "user").out()).isEqualTo("""
                name                  | kind     | columns | comment or class
                ----------------------+----------+---------+----------------------
                kafka.main.orders     | TABLE    | user_id | all orders
                kafka.main.order_user | FUNCTION |         | com.example.OrderUser
                """);
        assertThat(server.requests()).containsExactly("GET /catalog-search?q=order%20user&pageSize=50");
    }

    @Test
    void saysWhatARefreshBrought() {
        server.on("POST /catalogs/postgres/refreshes", """
                {"added": ["public.a"], "changed": [], "gone": ["public.b"], "unchanged": 7,
                 "unmappable": [{"table": "public.m", "code": "TYPE_UNSUPPORTED", "reason": "money"}]}
                """);

        assertThat(run("catalog", "refresh", "postgres.public").out()).isEqualTo("""
                added: public.a
                gone: public.b
                cannot be used: public.m: money
                7 unchanged
                """);
        assertThat(server.requests()).containsExactly("POST /catalogs/postgres/refreshes {\"database\":\"public\"}");
    }

    @Test
    void refusesWhatIsNoName() {
        assertThat(run("catalog", "show", "orders").err()).contains("'orders' is not CATALOG.DATABASE.TABLE");
        assertThat(run("catalog", "list", "a.`b").err()).contains("is no name such as");
        assertThat(run("catalog", "list", "a.b.c.d").exitCode()).isEqualTo(2);
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }
}
