package io.millrace.dist.parts;

import static io.millrace.cli.ExitCode.FAILED;
import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Child;
import io.millrace.dist.process.Command;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.stack.Part;
import io.millrace.dist.stack.StackException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One Kafka broker that is its own controller. Its storage is formatted beside its place and renamed into it. */
final class KafkaPart implements Part {
    static final String NAME = "kafka";
    private final Site site;
    private final Path data;

    KafkaPart(Site site) {
        this.site = requireNonNull(site, "site");
        this.data = site.home().data(NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> outlives() {
        return Set.of(ServerPart.NAME, TaskManagerPart.NAME);
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        Path log4j = site.write(NAME, "log4j2.properties", Log4j.toStandardOutput());
        site.write(
                NAME,
                "jvm.args",
                Jvm.withHeap(256, site)
                        .with("-XX:TieredStopAtLevel=1")
                        .with("-Dlog4j2.configurationFile=" + log4j.toUri())
                        .classPath(site.distribution().kafka())
                        .lines());
        if (!Files.exists(data)) {
            Path fresh = site.home().data(NAME + ".fresh");
            Folders.delete(fresh);
            format(fresh);
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        }
        site.write(NAME, "server.properties", settings(data));
    }

    @Override
    public Command command() {
        return site.command(
                NAME, List.of(Jvm.program(), arguments(), "kafka.Kafka", conf("server.properties")), Map.of());
    }

    @Override
    public boolean answers() {
        return Probe.kafka(site.ports().kafka());
    }

    private void format(Path fresh) throws IOException, InterruptedException {
        site.write(NAME, "format.properties", settings(fresh));
        List<String> line = List.of(
                Jvm.program(),
                arguments(),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                newClusterId(),
                "--config",
                conf("format.properties"));
        int status = Child.run(site.tool(NAME, line), "", new ProcessTable());
        if (status != 0) {
            throw new StackException(
                    FAILED,
                    "Kafka cannot set up its data folder (exit status " + status + "); its log is "
                            + site.home().log(NAME) + ".");
        }
    }

    /** Of each stack its own: by its id a cluster is known, whatever its address. */
    private static String newClusterId() {
        UUID id = UUID.randomUUID();
        // No sign bit: Kafka's tool would take a minus at the beginning for an option.
        ByteBuffer bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits() & Long.MAX_VALUE)
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private String arguments() {
        return "@" + conf("jvm.args");
    }

    private String conf(String file) {
        return site.home().conf(NAME).resolve(file).toString();
    }

    private List<String> settings(Path folder) {
        int broker = site.ports().kafka();
        int controller = site.ports().kafkaController();
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=PLAINTEXT://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + broker,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + folder,
                "num.partitions=1",
                "default.replication.factor=1",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=4",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "share.coordinator.state.topic.num.partitions=4",
                "group.initial.rebalance.delay.ms=0",
                // A broker that was killed may register again this soon.
                "broker.session.timeout.ms=2000",
                "broker.heartbeat.interval.ms=500",
                // What sits in the queues of one broker for one machine needs no more than this.
                "num.network.threads=2",
                "num.io.threads=4",
                "log.cleaner.dedupe.buffer.size=16777216",
                "auto.create.topics.enable=true");
    }
}
