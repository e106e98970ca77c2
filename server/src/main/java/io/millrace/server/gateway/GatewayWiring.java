package io.millrace.server.gateway;

import io.millrace.api.client.Rest;
import io.millrace.core.sql.SqlGateway;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds the way to the gateway. */
@Singleton
final class GatewayWiring {
    @Produces
    @Singleton
    GatewayClient client(GatewayConfig config) {
        return new GatewayClient(Rest.at(config.url()).withToken(config::token));
    }

    @Produces
    @Singleton
    SqlGateway gateway(GatewayClient client) {
        return new HttpSqlGateway(client);
    }
}
