package io.millrace.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A real PostgreSQL server, one of a version for all tests of a JVM, started at the first use and gone with the JVM. Each
 * test asks for a database of its own.
 */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** Makes an empty database, of the version that the distribution has. */
    public static Database createDatabase() {
        return createDatabase(Version.V17);
    }

    /** Makes an empty database. */
    public static Database createDatabase(Version version) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection =
                        new Database("postgres", version).dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the test database " + name, e);
        }
        return new Database(name, version);
    }

    /** The oldest and the newest that are supported. */
    public enum Version {
        /** The machine's own, from Debian's package. */
        V15,
        /** The one in the distribution. */
        V17;

        private int port() {
            return switch (this) {
                case V15 -> Debian.INSTANCE.port();
                case V17 -> Embedded.INSTANCE.getPort();
            };
        }
    }

    /** An empty database on the server. User and password are both {@code postgres}. */
    public record Database(String name, Version version) {
        public DataSource dataSource() {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(jdbcUrl());
            source.setUser(username());
            return source;
        }

        public String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
        }

        public int port() {
            return version.port();
        }

        public String username() {
            return "postgres";
        }

        public String password() {
            return "postgres";
        }
    }

    /** Initialised by the JVM at the first use. */
    private static final class Debian {
        static final DebianPostgres INSTANCE = DebianPostgres.start();
    }

    /** Initialised by the JVM at the first use. */
    private static final class Embedded {
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
