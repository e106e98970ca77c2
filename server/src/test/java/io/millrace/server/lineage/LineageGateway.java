package io.millrace.server.lineage;

import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.Lineage;
import io.millrace.api.sql.LineageColumn;
import io.millrace.api.sql.LineageInput;
import io.millrace.api.sql.LineageKind;
import io.millrace.api.sql.LineageSource;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.Span;
import io.millrace.api.sql.StatementClass;
import io.millrace.server.gateway.GatewayProtocol;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** A gateway whose planner knows one insert. */
public final class LineageGateway implements QuarkusTestResourceLifecycleManager {
    static final String INSERT = "INSERT INTO kafka.main.totals SELECT kind, SUM(amount) FROM kafka.main.orders …";

    private @Nullable GatewayProtocol gateway;

    @Override
    public Map<String, String> start() {
        GatewayProtocol planned = new GatewayProtocol(ServerStack.GATEWAY_TOKEN);
        planned.plans(INSERT, analysis());
        gateway = planned;
        return Map.of("millrace.gateway.url", planned.url().toString());
    }

    private static Analysis analysis() {
        ObjectRef orders = new ObjectRef("kafka", "main", "orders", null, false);
        ObjectRef totals = new ObjectRef("kafka", "main", "totals", null, false);
        Lineage lineage = new Lineage(
                totals,
                List.of(new LineageInput(orders, false, List.of("amount", "kind", "region"))),
                List.of(
                        new LineageColumn("k", "kind", List.of(new LineageSource(0, "kind", LineageKind.IDENTITY))),
                        new LineageColumn(
                                "s", "SUM(amount)", List.of(new LineageSource(0, "amount", LineageKind.AGGREGATION)))),
                List.of(new LineageSource(0, "kind", LineageKind.GROUP_BY)),
                false,
                List.of("an example"));
        return new Analysis(
                List.of(new AnalysedStatement(
                        "INSERT",
                        StatementClass.SINK,
                        INSERT,
                        new Span(4, 1, 4, 20),
                        List.of(orders),
                        List.of(totals),
                        List.of(),
                        List.of(lineage))),
                List.of());
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
        return 2;
    }
}
