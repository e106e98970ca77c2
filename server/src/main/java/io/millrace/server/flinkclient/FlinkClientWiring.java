package io.millrace.server.flinkclient;

import io.millrace.server.sql.SqlSessionService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds this feature's objects. */
@Singleton
final class FlinkClientWiring {
    @Produces
    @Singleton
    FlinkClientService service(SqlSessionService sessions) {
        return new FlinkClientService(sessions);
    }
}
