package io.millrace.cli.sql;

import java.io.PrintWriter;

/** What {@code help} at the prompt says. */
final class Help {
    private static final String TEXT = """
            Statements end with a semicolon and may span lines. Some to begin with:
              SHOW CATALOGS;                       kafka, warehouse, postgres
              SHOW TABLES FROM warehouse.`default`;
              DESCRIBE postgres.traffic.page_views_1m;
              SELECT * FROM postgres.traffic.page_views_1m LIMIT 5;
              EXPLAIN SELECT ...;
            A query over a stream goes on until Ctrl-C, or until its limit of rows or time.

            Tab       completes keywords, tables and columns
            Up, Down  earlier statements; Ctrl-R searches them
            Ctrl-C    cancels the query that runs; at the prompt, drops the line
            Ctrl-D    leaves, and so does quit
            clear     clears the screen
            """;

    private Help() {}

    static void print(PrintWriter out) {
        TEXT.lines().forEach(out::println);
    }
}
