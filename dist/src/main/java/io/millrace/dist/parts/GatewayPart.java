package io.millrace.dist.parts;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Command;
import io.millrace.dist.stack.Part;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Flink's SQL gateway with Millrace's endpoint, on Flink's class path with the planner in sight. */
final class GatewayPart implements Part {
    static final String NAME = "gateway";

    private final Site site;

    GatewayPart(Site site) {
        this.site = requireNonNull(site, "site");
    }

    @Override
    public String name() {
        return NAME;
    }

    /** It warms its planner up with the catalogs, which the server has. */
    @Override
    public Set<String> needs() {
        return Set.of(ServerPart.NAME);
    }

    @Override
    public Set<String> outlives() {
        return Set.of(ServerPart.NAME);
    }

    @Override
    public void prepare() throws IOException {
        new FlinkConf(site).writeGateway();
        site.write(
                NAME,
                "jvm.args",
                FlinkJvm.options(512, site, NAME, NAME, site.distribution().gateway()));
    }

    @Override
    public Command command() {
        return site.command(
                NAME,
                List.of(
                        Jvm.program(),
                        "@" + site.home().conf(NAME).resolve("jvm.args"),
                        "org.apache.flink.table.gateway.SqlGateway"),
                FlinkJvm.environment(site, NAME));
    }

    @Override
    public boolean answers() {
        return Probe.http(site.ports().gateway(), "/v1/health");
    }
}
