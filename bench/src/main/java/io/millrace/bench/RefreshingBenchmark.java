package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Refreshes a catalog whose store has a database of very many tables of 22 columns: for the first time, again without a
 * change, and again after ten of its tables were changed. Meanwhile lists the tables of another catalog, ten times a
 * second, to see whether others are served.
 *
 * <p>Run by {@code bench/catalog refresh}, which starts the stores and Millrace.
 */
public final class RefreshingBenchmark {
    private static final int CHANGED = 10;
    private static final int BATCH = 500;
    private static final int BETWEEN_CALLS_MILLIS = 100;
    private static final String DATABASE = "bench";
    private static final String OTHER = "/catalogs/kafka/databases/main/tables?pageSize=100";
    private static final List<String> TYPES =
            List.of("int", "varchar(50)", "timestamp(3) NULL", "decimal(12,2)", "text");

    private final Api api;
    private final String catalog;
    private final int tables;

    private RefreshingBenchmark(Api api, String catalog, int tables) {
        this.api = api;
        this.catalog = catalog;
        this.tables = tables;
    }

    /**
     * Arguments: Millrace's address; how many tables; the catalog and the JDBC address, user and password of its store. A
     * connection is made for MariaDB; the catalog of PostgreSQL must be there.
     */
    public static void main(String[] args) throws SQLException, InterruptedException {
        if (args.length != 6) {
            throw new IllegalArgumentException("usage: SERVER_URL TABLES CATALOG JDBC_URL USER PASSWORD");
        }
        var benchmark = new RefreshingBenchmark(new Api(URI.create(args[0])), args[2], Integer.parseInt(args[1]));
        try (Connection connection = DriverManager.getConnection(args[3], args[4], args[5]);
                Statement statement = connection.createStatement()) {
            if (args[3].startsWith("jdbc:mariadb:")) {
                benchmark.connect(
                        URI.create(args[3].substring("jdbc:".length())).getPort(), args[4], args[5]);
            }
            connection.setAutoCommit(false);
            // Made in a fraction of the time that InnoDB takes; the store reads the same files to describe them.
            benchmark.createTables(statement, args[3].startsWith("jdbc:mariadb:") ? " ENGINE = MyISAM" : "");
            benchmark.run(statement);
        }
    }

    private void run(Statement statement) throws SQLException, InterruptedException {
        System.out.println("| metadata of " + tables + " tables of catalog " + catalog
                + " | s | others meanwhile, ms: n | p50 | p95 | max |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        refresh("first time", "added", tables);
        refresh("again, nothing changed", "changed", 0);
        for (int table = 0; table < CHANGED; table++) {
            statement.execute("ALTER TABLE bench.t" + table + " ADD COLUMN added int");
        }
        statement.getConnection().commit();
        refresh("again, " + CHANGED + " tables changed", "changed", CHANGED);
    }

    private void refresh(String what, String effect, int expected) throws InterruptedException {
        Times others = new Times("others");
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        var unused = other.scheduleWithFixedDelay(
                () -> others.add(Api.time(() -> api.get(OTHER))), 0, BETWEEN_CALLS_MILLIS, TimeUnit.MILLISECONDS);
        var took = Api.time(() -> {
            JsonNode done = api.post("/catalogs/" + catalog + "/refreshes", Map.of("database", DATABASE));
            if (done.get(effect).size() != expected) {
                throw new IllegalStateException(done.get(effect).size() + " tables were " + effect);
            }
        });
        other.shutdown();
        if (!other.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a call of another catalog does not come back");
        }
        System.out.printf(
                "| %s | %.1f %s%n", what, took.toMillis() / 1e3, others.row().replaceFirst("^\\| others ", ""));
    }

    private void createTables(Statement statement, String engine) throws SQLException {
        statement.execute("CREATE SCHEMA " + DATABASE);
        for (int table = 0; table < tables; table++) {
            StringBuilder sql = new StringBuilder("CREATE TABLE bench.t" + table + " (id bigint, part int");
            for (int column = 0; column < 20; column++) {
                sql.append(", c").append(column).append(' ').append(TYPES.get(column % TYPES.size()));
            }
            statement.addBatch(sql + ", PRIMARY KEY (part, id))" + engine);
            if (table % BATCH == BATCH - 1 || table == tables - 1) {
                statement.executeBatch();
                statement.getConnection().commit();
            }
        }
    }

    private void connect(int port, String user, String password) {
        api.post(
                "/connections",
                Map.of(
                        "name",
                        catalog,
                        "kind",
                        "mysql",
                        "fields",
                        Map.of("host", "127.0.0.1", "port", port, "username", user),
                        "secrets",
                        Map.of("password", password)));
    }
}
