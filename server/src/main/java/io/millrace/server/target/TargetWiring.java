package io.millrace.server.target;

import io.millrace.core.target.TargetName;
import io.millrace.server.access.Capabilities;
import io.millrace.server.gateway.GatewayClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the clusters. */
@Singleton
final class TargetWiring {
    @Produces
    @Singleton
    Target local(TargetConfig config, GatewayClient gateway, Capabilities capabilities, RunsAs runsAs) {
        TargetConfig.Local local = config.local();
        var rest = new FlinkRest(local.restUrl());
        var files = new FlinkFiles(local.checkpoints(), local.savepoints(), local.archive());
        return new Target(
                TargetName.LOCAL,
                "local",
                new RestFlinkCluster(rest, files),
                new FlinkCheckpoints(rest),
                new GatewaySubmitter(gateway, capabilities, runsAs),
                FlinkFiles.trimmed(local.savepoints()),
                FlinkFiles.trimmed(local.checkpoints()));
    }
}
