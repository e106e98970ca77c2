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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PostgreSQL with two databases: {@code millrace}, whose password only the server gets, and {@code data} for tables of
 * users. A new cluster is made beside its place and renamed into it, so one that exists is whole.
 */
final class PostgresPart implements Part {
    static final String NAME = "postgres";
    private static final List<Path> UNSHARE = List.of(Path.of("/usr/bin/unshare"), Path.of("/bin/unshare"));

    private final Site site;
    private final Path data;

    PostgresPart(Site site) {
        this.site = requireNonNull(site, "site");
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
        site.write(
                NAME,
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
        site.write(
                NAME,
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
                asOrdinaryUser(List.of(
                        site.distribution().postgres("postgres").toString(),
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
        run(
                List.of(
                        site.distribution().postgres("initdb").toString(),
                        "--pgdata=" + fresh,
                        "--username=postgres",
                        "--pwfile=" + secrets.postgresAdmin(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-instructions",
                        "--no-sync"),
                "");
        run(
                List.of(
                        site.distribution().postgres("postgres").toString(),
                        "--single",
                        "-D",
                        fresh.toString(),
                        "postgres"),
                String.join("\n", databases(secrets)) + "\n");
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
        int status = Child.run(site.tool(NAME, asOrdinaryUser(line)), input, new ProcessTable());
        if (status != 0) {
            throw new StackException(
                    FAILED,
                    "PostgreSQL cannot set up its data folder (exit status " + status + "); its log is "
                            + site.home().log(NAME) + ".");
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, and files stay root's. */
    private static List<String> asOrdinaryUser(List<String> line) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return line;
        }
        Path unshare = UNSHARE.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        FAILED,
                        "PostgreSQL does not run as root and unshare is missing; run Millrace as another user."));
        List<String> whole = new ArrayList<>(List.of(unshare.toString(), "--user"));
        whole.addAll(line);
        return whole;
    }
}
