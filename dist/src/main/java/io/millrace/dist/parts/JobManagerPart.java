package io.millrace.dist.parts;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Command;
import io.millrace.dist.stack.Part;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The JobManager of the local Flink session cluster. */
final class JobManagerPart implements Part {
    static final String NAME = "jobmanager";

    private final Site site;

    JobManagerPart(Site site) {
        this.site = requireNonNull(site, "site");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> outlives() {
        return Set.of(ServerPart.NAME, GatewayPart.NAME);
    }

    @Override
    public void prepare() throws IOException {
        new FlinkConf(site).writeCluster();
        site.write(
                NAME,
                "jvm.args",
                FlinkJvm.options(
                        256, site, NAME, FlinkConf.CLUSTER, site.distribution().flink()));
    }

    @Override
    public Command command() {
        return site.command(
                NAME,
                List.of(
                        Jvm.program(),
                        "@" + site.home().conf(NAME).resolve("jvm.args"),
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        "--configDir",
                        site.home().conf(FlinkConf.CLUSTER).toString()),
                FlinkJvm.environment(site, FlinkConf.CLUSTER));
    }

    @Override
    public boolean answers() {
        return Probe.http(site.ports().jobmanager(), "/config");
    }
}
