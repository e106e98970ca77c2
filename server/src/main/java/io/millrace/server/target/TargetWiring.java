package io.millrace.server.target;

import io.millrace.core.target.TargetName;
import io.millrace.server.access.Capabilities;
import io.millrace.server.gateway.GatewayClient;
import io.millrace.server.secret.Redactor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the clusters. */
@Singleton
final class TargetWiring {
    @Produces
    @Singleton
    Target local(
            TargetConfig config, GatewayClient gateway, Capabilities capabilities, RunsAs runsAs, Redactor redactor) {
        TargetConfig.Local local = config.local();
        var rest = new FlinkRest(local.restUrl());
        var exceptions = new FlinkExceptions(redactor);
        var files =
                new FlinkFiles(local.checkpoints(), local.savepoints(), local.imports(), local.archive(), exceptions);
        return new Target(
                TargetName.LOCAL,
                "local",
                new RestFlinkCluster(rest, files, exceptions),
                new FlinkCheckpoints(rest, exceptions),
                new GatewaySubmitter(gateway, capabilities, runsAs),
                new FlinkPages(local.restUrl()),
                FlinkFiles.trimmed(local.savepoints()),
                FlinkFiles.trimmed(local.checkpoints()),
                local.imports().map(FlinkFiles::trimmed));
    }
}
