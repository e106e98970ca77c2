package io.millrace.server.lineage;

import io.millrace.core.sql.SqlGateway;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;

/** Builds this feature's objects and starts its loop with the server. */
@Singleton
final class LineageWiring {
    @Produces
    @Singleton
    LineageService service(Jdbi jdbi, SqlGateway gateway, Clock clock) {
        return new LineageService(new SqlFlows(jdbi), new SqlBacklog(jdbi), gateway, clock);
    }

    @Produces
    @Singleton
    LineageLoop loop(LineageService service, LineageConfig config) {
        return new LineageLoop("lineage", service::catchUp, config.interval());
    }

    void start(@Observes StartupEvent event, LineageLoop loop) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event, LineageLoop loop) {
        loop.close();
    }
}
