package io.millrace.testkit;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real MariaDB server: the machine's own {@code mariadbd} with a data folder, a port and a socket of its own, which
 * reads no configuration file. The usual test takes {@link #createDatabase}, on a server that all tests of a JVM share;
 * who wants to kill a server, or to read its binlog, starts one.
 */
public final class TestMariaDb implements AutoCloseable {
    private static final String USER = "millrace";
    private static final String PASSWORD = "secret-of-mariadb";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path folder;
    private final int port;
    private final List<String> options;
    private final Thread atExit = new Thread(this::close, "stop-mariadb");
    private Process process;

    private TestMariaDb(Path folder, int port, List<String> options) {
        this.folder = folder;
        this.port = port;
        this.options = options;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Makes an empty database on the server that all tests of this JVM share. */
    public static Database createDatabase() {
        return Shared.INSTANCE.database("test_" + DATABASES.incrementAndGet());
    }

    /** Starts a server of the caller's own, with more options than usual. */
    public static TestMariaDb start(String... options) {
        try {
            Path folder = Files.createTempDirectory("millrace-mariadb");
            TestProcess.run(List.of(
                    program("mariadb-install-db"),
                    "--no-defaults",
                    "--user=" + System.getProperty("user.name"),
                    "--datadir=" + folder.resolve("data"),
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                    "--innodb-log-file-size=4M"));
            TestMariaDb server = new TestMariaDb(folder, TestProcess.freePort(), List.of(options));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start MariaDB", e);
        }
    }

    /** Makes an empty database on this server. */
    public Database database(String name) {
        execute("CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4");
        return new Database(this, name);
    }

    /** Runs statements one after the other, as root. */
    public void execute(String... statements) {
        try (Connection root = root()) {
            run(root, statements);
        } catch (SQLException e) {
            throw new IllegalStateException("MariaDB refuses what a test needs", e);
        }
    }

    public int port() {
        return port;
    }

    public String username() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** Ends the server without giving it time for anything. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Starts a killed server again, with its data, on its port. */
    public void restart() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
        if (!Files.exists(folder)) {
            return;
        }
        try {
            TestProcess.deleteFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                program("mariadbd"),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + folder.resolve("data"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--character-set-server=utf8mb4",
                "--innodb-buffer-pool-size=32M",
                "--innodb-flush-log-at-trx-commit=0",
                "--skip-log-bin"));
        command.addAll(options);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("server.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start mariadbd", e);
        }
    }

    private void awaitReady() {
        Awaitility.await("MariaDB on port " + port + ", log " + folder.resolve("server.log"))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> !process.isAlive())
                .ignoreExceptions()
                .until(this::hasUser);
    }

    /** The user comes last, so that whoever can connect finds everything in place. */
    private boolean hasUser() throws SQLException {
        try (Connection root = root();
                Statement statement = root.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "'");
            statement.execute("GRANT ALL ON *.* TO '" + USER + "'@'%'");
            return true;
        }
    }

    private Connection root() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/?user=root&connectTimeout=5000");
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static String program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The tests need MariaDB, and " + name
                        + " is not there; install it with: sudo apt-get install -y mariadb-server"));
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A database on a server, and a user who may do everything there. */
    public record Database(TestMariaDb server, String name) {
        public int port() {
            return server.port();
        }

        public String username() {
            return USER;
        }

        public String password() {
            return PASSWORD;
        }

        /** For tests that look behind the platform's back. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:mariadb://127.0.0.1:" + port() + "/" + name + "?yearIsDateType=false", USER, PASSWORD);
        }

        /** Runs statements one after the other. */
        public void execute(String... statements) {
            try (Connection connection = connect()) {
                run(connection, statements);
            } catch (SQLException e) {
                throw new IllegalStateException("cannot prepare the database " + name, e);
            }
        }
    }

    /** Initialised by the JVM at the first use. */
    private static final class Shared {
        static final TestMariaDb INSTANCE = start();
    }
}
