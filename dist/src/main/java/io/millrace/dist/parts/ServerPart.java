package io.millrace.dist.parts;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Command;
import io.millrace.dist.stack.Part;
import io.millrace.dist.stack.Ports;
import io.millrace.dist.stack.Secrets;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The control plane. Its settings are in a file, because one of them is a password. */
final class ServerPart implements Part {
    static final String NAME = "server";

    private static final String ROOTS = "MILLRACE_ALLOWED_ROOTS";
    private static final String FAILPOINT = "MILLRACE_FAILPOINT";

    private final Site site;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile List<String> written = List.of();

    ServerPart(Site site) {
        this.site = requireNonNull(site, "site");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> needs() {
        return Set.of(PostgresPart.NAME);
    }

    @Override
    public void prepare() throws IOException {
        written = settings();
        site.write(NAME, "application.properties", written);
        site.write(
                NAME,
                "jvm.args",
                Jvm.withHeap(256, site)
                        .with("-Dquarkus.config.locations="
                                + site.home().conf(NAME).resolve("application.properties"))
                        .with("-Djava.util.logging.manager=org.jboss.logmanager.LogManager")
                        .lines());
    }

    @Override
    public Command command() {
        return site.command(
                NAME,
                List.of(
                        Jvm.program(),
                        "@" + site.home().conf(NAME).resolve("jvm.args"),
                        "-jar",
                        site.distribution().server().toString()),
                environment());
    }

    private Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>(ServerEnvironment.of(System.getenv(), written));
        all.putAll(drill());
        return all;
    }

    /** What a drill arms in the environment breaks the first server only: the next one shows how it recovers. */
    private Map<String, String> drill() {
        String failpoint = System.getenv(FAILPOINT);
        boolean first = starts.incrementAndGet() == 1;
        return first && failpoint != null ? Map.of(FAILPOINT, failpoint) : Map.of();
    }

    @Override
    public boolean answers() {
        return Probe.http(site.ports().internal(), "/q/health/ready");
    }

    private List<String> settings() throws IOException {
        Ports ports = site.ports();
        Secrets secrets = site.secrets();
        return List.of(
                "quarkus.http.host=" + ports.host(),
                "quarkus.http.port=" + ports.server(),
                "quarkus.management.host=127.0.0.1",
                "quarkus.management.port=" + ports.internal(),
                "quarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/millrace",
                "quarkus.datasource.username=millrace",
                "quarkus.datasource.password=" + secrets.read(secrets.postgresServer()),
                "millrace.internal.token-file=" + secrets.internalToken(),
                "millrace.access.local-token-file=" + secrets.localToken(),
                "millrace.secret.key-file=" + secrets.masterKeys(),
                "millrace.secret.folder=" + secrets.connections(),
                "millrace.gateway.url=http://127.0.0.1:" + ports.gateway(),
                "millrace.gateway.token-file=" + secrets.gatewayToken(),
                "millrace.target.local.rest-url=http://127.0.0.1:" + ports.jobmanager(),
                "millrace.target.local.checkpoints=" + folder("checkpoints"),
                "millrace.target.local.savepoints=" + folder("savepoints"),
                "millrace.target.local.imports=" + folder("imports"),
                "millrace.target.local.archive=" + folder("archive"),
                "millrace.bundle.folder=" + site.home().data("bundles"),
                "millrace.catalog.kafka.bootstrap-servers=127.0.0.1:" + ports.kafka(),
                "millrace.catalog.warehouse.root=" + folder("warehouse"),
                "millrace.connection.allowed-roots=" + roots(),
                "millrace.catalog.inline.allowed-roots=" + filesOf(roots()),
                "millrace.git.folder=" + site.home().tmp().resolve("git"),
                "millrace.catalog.postgres.host=127.0.0.1",
                "millrace.catalog.postgres.port=" + ports.postgres(),
                "millrace.catalog.postgres.database=data",
                "millrace.catalog.postgres.username=data",
                "millrace.catalog.postgres.password-file=" + secrets.postgresData());
    }

    /** Not the folder above: it holds the stack's own data. */
    private String roots() {
        String more = System.getenv(ROOTS);
        return folder("files") + (more == null || more.isBlank() ? "" : "," + more);
    }

    /** Those of the host. */
    private static String filesOf(String roots) {
        return Stream.of(roots.split(","))
                .map(String::strip)
                .filter(root -> root.startsWith("file:"))
                .collect(Collectors.joining(","));
    }

    private String folder(String data) {
        return site.home().dataUri(data);
    }
}
