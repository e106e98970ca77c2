package io.millrace.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A real PostgreSQL server, one for all tests of a JVM, started at the first use and gone with the JVM. Each test asks
 * for a database of its own.
 */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** Makes an empty database. */
    public static Database createDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the test database " + name, e);
        }
        return new Database(name);
    }

    /** An empty database on the server. User and password are both {@code postgres}. */
    public record Database(String name) {
        public DataSource dataSource() {
            return Server.INSTANCE.getDatabase("postgres", name);
        }

        public String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
        }

        public int port() {
            return Server.INSTANCE.getPort();
        }

        public String username() {
            return "postgres";
        }

        public String password() {
            return "postgres";
        }
    }

    /** Initialised by the JVM at the first use. */
    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "100")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start PostgreSQL", e);
            }
        }
    }
}
