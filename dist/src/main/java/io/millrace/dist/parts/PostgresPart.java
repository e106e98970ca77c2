package io.millrace.dist.parts;

import static io.millrace.cli.ExitCode.FAILED;
import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Child;
import io.millrace.dist.process.Command;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.process.Signal;
import io.millrace.dist.stack.Part;
import io.millrace.dist.stack.Secrets;
import io.millrace.dist.stack.StackException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * PostgreSQL with two databases: {@code millrace}, whose password only the server gets, and {@code data} for tables of
 * users. A new cluster is made beside its place and renamed into it, so one that exists is whole.
 */
final class PostgresPart implements Part {
    static final String NAME = "postgres";
    private static final String PASSWORD_FILE = "admin.password";

    private final Site site;
    private final PostgresUser user;
    private final Path data;

    PostgresPart(Site site) {
        this(site, PostgresUser.here());
    }

    PostgresPart(Site site, PostgresUser user) {
        this.site = requireNonNull(site, "site");
        this.user = requireNonNull(user, "user");
        this.data = site.home().data(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> outlives() {
        return Set.of(ServerPart.NAME, GatewayPart.NAME, TaskManagerPart.NAME);
    }

    /** PostgreSQL's polite end waits until its clients leave; this one rolls their work back and leaves at once. */
    @Override
    public Signal politeSignal() {
        return Signal.INT;
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        if (!Files.exists(data)) {
            Path fresh = site.home().data(NAME + ".fresh");
            Folders.delete(fresh);
            initialise(fresh);
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        }
        write(
                "postgresql.conf",
                List.of(
                        "listen_addresses = '127.0.0.1'",
                        "port = " + site.ports().postgres(),
                        "unix_socket_directories = ''",
                        "password_encryption = 'scram-sha-256'",
                        "max_connections = 100",
                        "shared_buffers = '48MB'",
                        "max_wal_size = '256MB'",
                        "jit = off",
                        "timezone = 'UTC'",
                        "log_timezone = 'UTC'",
                        "log_line_prefix = '%m [%p] %q%u@%d '",
                        "log_checkpoints = off"));
        write(
                "pg_hba.conf",
                List.of(
                        "host millrace millrace 127.0.0.1/32 scram-sha-256",
                        "host data data 127.0.0.1/32 scram-sha-256",
                        "host all postgres 127.0.0.1/32 scram-sha-256"));
    }

    @Override
    public Command command() {
        Path conf = site.home().conf(NAME);
        return site.command(
                NAME,
                asItsUser(List.of(
                        program("postgres"),
                        "-D",
                        data.toString(),
                        "-c",
                        "config_file=" + conf.resolve("postgresql.conf"),
                        "-c",
                        "hba_file=" + conf.resolve("pg_hba.conf"))),
                Map.of());
    }

    @Override
    public boolean answers() {
        return Probe.postgres(site.ports().postgres());
    }

    private void initialise(Path fresh) throws IOException, InterruptedException {
        Secrets secrets = site.secrets();
        user.makeFolder(fresh, site.home());
        Path password = write(PASSWORD_FILE, List.of(secrets.read(secrets.postgresAdmin())));
        try {
            run(
                    List.of(
                            program("initdb"),
                            "--pgdata=" + fresh,
                            "--username=postgres",
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C.UTF-8",
                            "--no-instructions",
                            "--no-sync"),
                    "");
        } finally {
            Files.delete(password);
        }
        String statements = String.join("\n", databases(secrets)) + "\n";
        run(List.of(program("postgres"), "--single", "-D", fresh.toString(), "postgres"), statements);
    }

    private String program(String name) {
        return site.distribution().postgres(name).toString();
    }

    private Path write(String file, List<String> lines) throws IOException {
        Path written = site.write(NAME, file, lines);
        user.giveTo(written, site.home());
        return written;
    }

    /** Each statement on one line: that is how single-user PostgreSQL reads its input. */
    private static List<String> databases(Secrets secrets) throws IOException {
        return List.of(
                "CREATE ROLE millrace LOGIN PASSWORD '" + secrets.read(secrets.postgresServer()) + "';",
                "CREATE ROLE data LOGIN PASSWORD '" + secrets.read(secrets.postgresData()) + "';",
                "CREATE DATABASE millrace OWNER millrace;",
                "CREATE DATABASE data OWNER data;",
                "REVOKE ALL ON DATABASE millrace FROM PUBLIC;",
                "REVOKE ALL ON DATABASE data FROM PUBLIC;",
                "REVOKE ALL ON DATABASE postgres FROM PUBLIC;");
    }

    private void run(List<String> line, String input) throws IOException, InterruptedException {
        int status = Child.run(site.tool(NAME, asItsUser(line)), input, new ProcessTable());
        if (status != 0) {
            throw new StackException(
                    FAILED,
                    "PostgreSQL cannot set up its data folder (exit status " + status + "); its log is "
                            + site.home().log(NAME) + ".");
        }
    }

    private List<String> asItsUser(List<String> line) {
        return Stream.concat(user.prefix().stream(), line.stream()).toList();
    }
}
