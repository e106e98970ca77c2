package io.millrace.server.sql;

import io.millrace.server.gateway.GatewayProtocol;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Puts a gateway without a planner behind the server of a {@code @QuarkusTest}. */
public final class GatewayStack implements QuarkusTestResourceLifecycleManager {
    private @Nullable GatewayProtocol gateway;

    @Override
    public Map<String, String> start() {
        gateway = new GatewayProtocol(ServerStack.GATEWAY_TOKEN);
        return Map.of("millrace.gateway.url", gateway.url().toString());
    }

    @Override
    public void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** After {@link ServerStack}, whose address leads nowhere. */
    @Override
    public int order() {
        return 1;
    }
}
