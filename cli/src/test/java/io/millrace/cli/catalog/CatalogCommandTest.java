package io.millrace.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
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
                catalog | kind  | comment
                --------+-------+--------
                kafka   | kafka | Topics
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
    void refusesWhatIsNoName() {
        assertThat(run("catalog", "show", "orders").err()).contains("'orders' is not CATALOG.DATABASE.TABLE");
        assertThat(run("catalog", "list", "a.`b").err()).contains("is no name such as");
        assertThat(run("catalog", "list", "a.b.c.d").exitCode()).isEqualTo(2);
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }
}
