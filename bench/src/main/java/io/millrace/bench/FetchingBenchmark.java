package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Fetches the metadata of a MariaDB database of 500 tables of 22 columns: for the first time, again without a change, and
 * again after ten of its tables were changed. What is measured is the call of the API that refreshes the catalog.
 *
 * <p>Run by {@code bench/catalog}, which starts MariaDB and Millrace.
 */
public final class FetchingBenchmark {
    private static final int TABLES = 500;
    private static final int CHANGED = 10;
    private static final String DATABASE = "bench";

    private final Api api;
    private final int port;

    private FetchingBenchmark(Api api, int port) {
        this.api = api;
        this.port = port;
    }

    /** Arguments: Millrace's address, MariaDB's port (user and password are {@code bench}), and how many times. */
    public static void main(String[] args) throws SQLException {
        if (args.length != 3) {
            throw new IllegalArgumentException("usage: SERVER_URL MARIADB_PORT TIMES");
        }
        var benchmark = new FetchingBenchmark(new Api(URI.create(args[0])), Integer.parseInt(args[1]));
        benchmark.run(Integer.parseInt(args[2]));
    }

    private void run(int times) throws SQLException {
        Times first = new Times("first time");
        Times same = new Times("again, nothing changed");
        Times changed = new Times("again, " + CHANGED + " of " + TABLES + " tables changed");
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/";
        try (Connection connection = DriverManager.getConnection(url, "bench", "bench");
                Statement statement = connection.createStatement()) {
            createTables(statement);
            for (int i = 0; i < times; i++) {
                String catalog = "bench_" + i;
                connect(catalog);
                first.add(Api.time(() -> refresh(catalog, "added", TABLES)));
                same.add(Api.time(() -> refresh(catalog, "changed", 0)));
                for (int table = 0; table < CHANGED; table++) {
                    statement.execute("ALTER TABLE bench.t" + table + " ADD COLUMN added_" + i + " int");
                }
                changed.add(Api.time(() -> refresh(catalog, "changed", CHANGED)));
            }
        }
        System.out.println("| metadata of " + TABLES + " MariaDB tables, ms | n | p50 | p95 | max |");
        System.out.println("|---|---:|---:|---:|---:|");
        List.of(first, same, changed).forEach(each -> System.out.println(each.row()));
    }

    private static void createTables(Statement statement) throws SQLException {
        statement.execute("CREATE DATABASE " + DATABASE);
        List<String> types = List.of("int", "varchar(50)", "datetime(3)", "decimal(12,2)", "text");
        for (int table = 0; table < TABLES; table++) {
            StringBuilder sql = new StringBuilder("CREATE TABLE bench.t" + table + " (id bigint, part int");
            for (int column = 0; column < 20; column++) {
                sql.append(", c").append(column).append(' ').append(types.get(column % types.size()));
                sql.append(" COMMENT 'column ").append(column).append('\'');
            }
            statement.execute(sql + ", PRIMARY KEY (part, id)) COMMENT 'table " + table + "'");
        }
    }

    private void connect(String name) {
        api.post(
                "/connections",
                Map.of(
                        "name",
                        name,
                        "kind",
                        "mysql",
                        "fields",
                        Map.of("host", "127.0.0.1", "port", port, "username", "bench"),
                        "secrets",
                        Map.of("password", "bench")));
    }

    private void refresh(String catalog, String what, int expected) {
        JsonNode done = api.post("/catalogs/" + catalog + "/refreshes", Map.of("database", DATABASE));
        if (done.get(what).size() != expected) {
            throw new IllegalStateException("not " + expected + " tables were " + what + ": " + done);
        }
    }
}
