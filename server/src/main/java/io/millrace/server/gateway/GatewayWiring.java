package io.millrace.server.gateway;

import io.millrace.api.client.Rest;
import io.millrace.server.access.Capabilities;
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
    SqlGateways gateways(GatewayClient client, Capabilities capabilities) {
        return new SqlGateways(client, capabilities);
    }
}
