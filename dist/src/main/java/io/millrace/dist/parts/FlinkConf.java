package io.millrace.dist.parts;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flink's configuration: one folder for the cluster, another for the gateway, which must not take the cluster's REST port. */
final class FlinkConf {
    static final String CLUSTER = "flink";
    private static final int SLOTS = 16;

    private final Site site;

    FlinkConf(Site site) {
        this.site = requireNonNull(site, "site");
    }

    /** For JobManager and TaskManager. */
    void writeCluster() throws IOException {
        Map<String, Object> settings = shared();
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.bind-port", site.ports().jobmanager());
        settings.put("cluster.id", "millrace-local");
        settings.put("web.submit.enable", false);
        // A running job is seen running at once, not three seconds later.
        settings.put("web.refresh-interval", "100 ms");
        settings.put("heartbeat.interval", "3 s");
        settings.put("heartbeat.timeout", "15 s");
        // How often Flink looks for queries whose gateway has died; otherwise once a minute.
        settings.put("$internal.dispatcher.client-aliveness-check.interval", "10 s");
        settings.put("jobmanager.archive.fs.dir", folder("archive"));
        settings.put("jobmanager.memory.process.size", "768m");
        taskManager(settings);
        write(CLUSTER, settings);
    }

    /** For the gateway: the cluster as its clients see it, and what our endpoint and our catalog need to know. */
    void writeGateway() throws IOException {
        Map<String, Object> settings = shared();
        settings.put("execution.target", "remote");
        settings.put("sql-gateway.endpoint.type", "millrace");
        settings.put("sql-gateway.endpoint.millrace.address", "127.0.0.1");
        settings.put("sql-gateway.endpoint.millrace.port", site.ports().gateway());
        settings.put(
                "sql-gateway.endpoint.millrace.token-file",
                site.secrets().gatewayToken().toString());
        settings.put("table.catalog-store.kind", "millrace");
        settings.put(
                "millrace.metastore.url", "http://127.0.0.1:" + site.ports().internal());
        settings.put(
                "millrace.metastore.token-file", site.secrets().internalToken().toString());
        write(GatewayPart.NAME, settings);
    }

    private Map<String, Object> shared() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", site.ports().jobmanagerRpc());
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.port", site.ports().jobmanager());
        settings.put("parallelism.default", 1);
        settings.put("state.backend.type", "hashmap");
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put("execution.checkpointing.dir", folder("checkpoints"));
        settings.put("execution.checkpointing.savepoint-dir", folder("savepoints"));
        settings.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        return settings;
    }

    /** All sizes are given, because Flink derives them only in its own start scripts. */
    private void taskManager(Map<String, Object> settings) {
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.numberOfTaskSlots", SLOTS);
        settings.put("taskmanager.cpu.cores", SLOTS);
        settings.put("taskmanager.memory.framework.heap.size", "128m");
        settings.put("taskmanager.memory.task.heap.size", "512m");
        settings.put("taskmanager.memory.framework.off-heap.size", "128m");
        settings.put("taskmanager.memory.task.off-heap.size", "64m");
        // Taken from the system only when an operator asks for it.
        settings.put("taskmanager.memory.managed.size", "512m");
        // Taken at the start, all of it.
        settings.put("taskmanager.memory.network.min", "96m");
        settings.put("taskmanager.memory.network.max", "96m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
        settings.put("taskmanager.memory.jvm-overhead.min", "192m");
        settings.put("taskmanager.memory.jvm-overhead.max", "192m");
        // Batch shuffles of 16 small slots fit into the network memory above.
        settings.put("taskmanager.network.sort-shuffle.min-buffers", 64);
        // When the JobManager was started again, its TaskManager is back at once, not ten seconds later.
        settings.put("cluster.registration.error-delay", "300 ms");
        settings.put("cluster.registration.refused-registration-delay", "1 s");
        settings.put("io.tmp.dirs", site.home().tmp().toString());
    }

    private String folder(String data) {
        return site.home().dataUri(data);
    }

    private void write(String conf, Map<String, Object> settings) throws IOException {
        for (String data : new String[] {"checkpoints", "savepoints", "imports", "archive", "warehouse", "files"}) {
            Files.createDirectories(site.home().data(data));
        }
        List<String> lines = settings.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + yaml(entry.getValue()))
                .toList();
        site.write(conf, "config.yaml", lines);
        site.write(conf, "log4j2.properties", Log4j.toStandardOutput());
    }

    private static String yaml(Object value) {
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
    }
}
