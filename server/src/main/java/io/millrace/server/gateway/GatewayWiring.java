package io.millrace.server.gateway;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.Rest;
import io.millrace.api.client.UnreachableException;
import io.millrace.server.access.Capabilities;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;

/** Builds the way to the gateway. */
@Singleton
final class GatewayWiring {
    @Produces
    @Singleton
    Circuit circuit(GatewayConfig config, Clock clock) {
        Rest health = Rest.at(config.url()).withTimeout(Circuit.PROBE);
        return new Circuit(config.url(), () -> answers(health), clock).start();
    }

    void close(@Disposes Circuit circuit) {
        circuit.close();
    }

    /** Whatever it says. */
    private static boolean answers(Rest gateway) {
        try {
            gateway.get("/v1/health").send();
            return true;
        } catch (ApiException e) {
            return true;
        } catch (UnreachableException e) {
            return false;
        }
    }

    @Produces
    @Singleton
    GatewayClient client(GatewayConfig config, Circuit circuit) {
        return new GatewayClient(Rest.at(config.url()).withToken(config::token), circuit);
    }

    @Produces
    @Singleton
    SqlGateways gateways(GatewayClient client, Capabilities capabilities) {
        return new SqlGateways(client, capabilities);
    }
}
