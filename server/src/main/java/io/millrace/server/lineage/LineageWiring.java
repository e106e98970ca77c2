package io.millrace.server.lineage;

import io.millrace.core.lineage.Datasets;
import io.millrace.server.access.Guard;
import io.millrace.server.gateway.SqlGateways;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.List;
import java.util.function.IntSupplier;

/** Builds this feature's objects and starts its loops with the server. */
@Singleton
final class LineageWiring {
    @Produces
    @Singleton
    LineageService service(Jdbi jdbi, SqlGateways gateways, Guard guard, Clock clock) {
        return new LineageService(new SqlFlows(jdbi), new SqlBacklog(jdbi), gateways.ofSystem(), guard, clock);
    }

    @Produces
    @Singleton
    LineageLoops loops(
            LineageService service,
            LineageConfig config,
            Datasets datasets,
            Jdbi jdbi,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "0") String version) {
        LineageLoop lineage = new LineageLoop("lineage", service::catchUp, config.interval());
        LineageConfig.OpenLineage open = config.openLineage();
        if (!open.enabled()) {
            return new LineageLoops(List.of(lineage));
        }
        var limits = new RunEventSender.Limits(open.tries(), open.waiting());
        var json = new RunEventJson(open.namespace(), version, datasets);
        var sender = new RunEventSender(new SqlOutbox(jdbi), new SqlFlows(jdbi), json, receiver(open), limits, clock);
        IntSupplier round = sender::round;
        return new LineageLoops(List.of(lineage, new LineageLoop("open-lineage", round, config.interval())));
    }

    private static Receiver receiver(LineageConfig.OpenLineage open) {
        return open.url()
                .<Receiver>map(url -> new HttpReceiver(url, open.tokenFile(), open.timeout()))
                .orElseGet(() -> new FileReceiver(open.file().orElseThrow()));
    }

    void start(@Observes StartupEvent event, LineageLoops loops) {
        loops.all().forEach(LineageLoop::start);
    }

    void stop(@Observes ShutdownEvent event, LineageLoops loops) {
        loops.all().forEach(LineageLoop::close);
    }
}
