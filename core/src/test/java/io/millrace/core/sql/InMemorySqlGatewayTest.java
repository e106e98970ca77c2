package io.millrace.core.sql;

import io.millrace.core.state.StatePlan;

class InMemorySqlGatewayTest extends SqlGatewayContract {
    private final InMemorySqlGateway gateway = new InMemorySqlGateway();

    @Override
    protected SqlGateway gateway() {
        return gateway;
    }

    @Override
    protected void plans(String script, ScriptAnalysis analysis) {
        gateway.plans(script, analysis);
    }

    @Override
    protected void keeps(String script, StatePlan state) {
        gateway.keeps(script, state);
    }

    @Override
    protected void goesDown() {
        gateway.goDown();
    }
}
