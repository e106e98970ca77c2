package io.millrace.server.gateway;

import io.millrace.core.sql.SqlGateway;
import io.millrace.server.access.Capabilities;

/** The gateway, for whom it looks at scripts. */
public final class SqlGateways {
    private final SqlGateway ofCaller;
    private final SqlGateway ofSystem;

    SqlGateways(GatewayClient client, Capabilities capabilities) {
        this.ofCaller = new HttpSqlGateway(client, capabilities::duringCall);
        this.ofSystem = new HttpSqlGateway(client, capabilities::duringWork);
    }

    /** Finds what the caller at hand may see, and fails what it may not do. */
    public SqlGateway ofCaller() {
        return ofCaller;
    }

    /** Finds everything; what it answers is for no caller's eyes. */
    public SqlGateway ofSystem() {
        return ofSystem;
    }
}
