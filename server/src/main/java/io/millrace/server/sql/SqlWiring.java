package io.millrace.server.sql;

import io.millrace.server.access.Capabilities;
import io.millrace.server.gateway.GatewayClient;
import io.millrace.server.http.Caller;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;

/** Builds this feature's objects. */
@Singleton
final class SqlWiring {
    @Produces
    @Singleton
    SqlSessionService sessions(
            GatewayClient gateway, SqlConfig config, Caller caller, Capabilities capabilities, Clock clock) {
        return new SqlSessionService(
                gateway,
                clock,
                config.sessionIdle(),
                config.maxSessions(),
                caller::principal,
                () -> caller.credential().scope(),
                capabilities);
    }
}
