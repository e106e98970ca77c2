package io.millrace.cli.lineage;

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
class LineageCommandTest {
    private static final String GRAPH = """
            {"table": "t", "truncated": false, "incomplete": ["job load, line 2: odd"],
             "tables": [
              {"id": "t", "catalog": "c", "database": "d", "name": "totals", "temporary": false, "columns": ["s"]},
              {"id": "o", "catalog": "c", "database": "d", "name": "orders", "temporary": false, "columns": ["a"]},
              {"id": "p", "catalog": "c", "database": "d", "name": "people", "temporary": true, "columns": ["id"]}],
             "flows": [
              {"id": "f", "kind": "JOB", "name": "load", "version": 2, "line": 5, "inputs": ["o", "p"], "target": "t",
               "complete": false, "reasons": ["odd"]},
              {"id": "g", "kind": "VIEW", "name": "c.d.orders", "version": 1, "line": 1, "inputs": ["t"], "target": "o",
               "complete": true, "reasons": []}],
             "edges": [
              {"flow": "f", "source": "o", "sourceColumn": "amount", "target": "t", "targetColumn": "s",
               "kind": "AGGREGATION", "expression": "SUM(amount)"},
              {"flow": "f", "source": "o", "sourceColumn": "kind", "target": "t", "targetColumn": "k",
               "kind": "IDENTITY", "expression": "kind"},
              {"flow": "f", "source": "o", "sourceColumn": "cust", "target": "t", "kind": "JOIN"},
              {"flow": "f", "source": "p", "sourceColumn": "id", "target": "t", "kind": "JOIN"},
              {"flow": "g", "source": "t", "sourceColumn": "s", "target": "o", "targetColumn": "amount",
               "kind": "IDENTITY", "expression": "s"}]}
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
    void showsATreeOfTablesAndStatements() {
        server.on("GET /lineage/tables/c/d/totals", GRAPH);

        Run.Result result = run("lineage", "show", "c.d.totals");

        assertThat(result.out()).isEqualTo("""
                Comes from:
                  c.d.totals
                  └─ job load, version 2, line 5 (incomplete)
                     ├─ s = SUM(amount) ← orders.amount
                     ├─ k ← orders.kind
                     ├─ join: orders.cust, people.id
                     ├─ c.d.orders
                     │  └─ view c.d.orders
                     │     ├─ amount = s ← s
                     │     └─ c.d.totals (see above)
                     └─ c.d.people (temporary)
                Goes to:
                  c.d.totals
                  └─ view c.d.orders
                     ├─ amount = s ← s
                     └─ c.d.orders
                        └─ job load, version 2, line 5 (incomplete)
                           ├─ s = SUM(amount) ← amount
                           ├─ k ← kind
                           ├─ join: cust
                           └─ c.d.totals (see above)
                """.replace("amount = s ← s", "amount ← s"));
        assertThat(result.err()).isEqualTo("incomplete: job load, line 2: odd\n");
        assertThat(result.exitCode()).isZero();
        assertThat(run("lineage", "show", "c.d.totals", "--upstream").out()).doesNotContain("Goes to");
        assertThat(run("lineage", "show", "c.d.totals", "--downstream", "-o", "json")
                        .out())
                .contains("\"expression\" : \"SUM(amount)\"", "\"targetColumn\" : null");
    }

    @Test
    void listsWhoReadsAColumn() {
        server.on("GET /lineage/impact", """
                {"table": "c.d.orders", "column": "amount", "incomplete": [], "dependents": [
                 {"kind": "JOB", "name": "load", "version": 2, "line": 5, "columns": ["amount"],
                  "uses": ["AGGREGATION", "FILTER"]},
                 {"kind": "VIEW", "name": "c.d.v", "version": 1, "line": 1, "columns": [], "uses": []}]}
                """);

        assertThat(run("lineage", "impact", "c.d.orders", "amount").out()).isEqualTo("""
                kind | name  | version | line | columns | uses
                -----+-------+---------+------+---------+--------------------
                job  | load  |       2 |    5 | amount  | aggregation, filter
                view | c.d.v |       1 |    1 | ?       |
                """);
    }

    @Test
    void saysThatNobodyReadsIt() {
        server.on(
                "GET /lineage/impact",
                "{\"table\": \"c.d.orders\", \"column\": null, \"incomplete\": [], \"dependents\": []}");

        assertThat(run("lineage", "impact", "c.d.orders").out()).isEqualTo("No job and no view is known to read it.\n");
    }

    @Test
    void refusesBothDirectionsAtOnce() {
        assertThat(run("lineage", "show", "c.d.t", "--upstream", "--downstream").exitCode())
                .isEqualTo(2);
        assertThat(run("lineage", "show", "t").err()).contains("'t' is not CATALOG.DATABASE.TABLE");
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }
}
