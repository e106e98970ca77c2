package io.millrace.server.gateway;

import io.millrace.core.sql.SqlGateway;
import io.millrace.server.access.Capabilities;

import java.util.UUID;
import java.util.function.Function;

/** The gateway, for whom it looks at scripts. */
public final class SqlGateways {
    private final GatewayClient client;
    private final Capabilities capabilities;
    private final SqlGateway ofCaller;
    private final SqlGateway ofSystem;

    SqlGateways(GatewayClient client, Capabilities capabilities) {
        this.client = client;
        this.capabilities = capabilities;
        this.ofCaller = new HttpSqlGateway(client, capabilities::duringCall);
        this.ofSystem = new HttpSqlGateway(client, capabilities::duringWork);
    }

    /** Finds what the caller at hand may see, and fails what it may not do. */
    public SqlGateway ofCaller() {
        return ofCaller;
    }

    /** Finds what somebody may see who does not call just now, such as who wrote a job. */
    public SqlGateway of(UUID principal) {
        return new HttpSqlGateway(client, new HttpSqlGateway.Rights() {
            @Override
            public <T> T during(Function<String, T> call) {
                return capabilities.during(principal, call);
            }
        });
    }

    /** Finds everything; what it answers is for no caller's eyes. */
    public SqlGateway ofSystem() {
        return ofSystem;
    }
}
