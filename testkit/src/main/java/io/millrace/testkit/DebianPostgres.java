package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL 15 as Debian packages it, with a data folder and a port of its own. It ends with the JVM; a server that the
 * machine runs stays as it is.
 */
final class DebianPostgres {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private final Path folder;
    private final int port;

    private DebianPostgres(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static DebianPostgres start() {
        if (!Files.isExecutable(PROGRAMS.resolve("postgres"))) {
            throw new IllegalStateException("The tests need PostgreSQL 15, and " + PROGRAMS
                    + " is not there; install it with: sudo apt-get install -y postgresql-15");
        }
        try {
            var server = new DebianPostgres(Files.createTempDirectory("millrace-postgres"), TestProcess.freePort());
            server.program("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-postgres"));
            // No socket file, and nothing waits for the disk.
            String options = "-p " + server.port + " -h 127.0.0.1 -k '' -F -c max_connections=100";
            server.program("pg_ctl", "-w", "-l", server.folder.resolve("log").toString(), "-o", options, "start");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL 15", e);
        }
    }

    int port() {
        return port;
    }

    private void stop() {
        try {
            program("pg_ctl", "-m", "immediate", "stop");
            TestProcess.deleteFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL 15", e);
        }
    }

    private void program(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL does not run as root. In a namespace of its own it looks like nobody, and files stay root's.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(PROGRAMS.resolve(name).toString());
        command.addAll(List.of("-D", folder.resolve("data").toString()));
        command.addAll(List.of(arguments));
        TestProcess.run(command);
    }
}
