package io.millrace.server.catalog;

import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.Span;
import io.millrace.api.sql.StatementClass;
import io.millrace.core.catalog.FunctionId;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.RegisteredFunction;
import io.millrace.server.gateway.GatewayProtocol;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A gateway whose class path has {@code a.Host} and {@code a.Other}, which a list offers, and {@code a.Unlisted}; and
 * that has planned one insert which calls a function.
 */
public final class FunctionGateway implements QuarkusTestResourceLifecycleManager {
    static final String INSERT = "INSERT INTO kafka.main.hosts SELECT kafka.main.used(url) FROM kafka.main.visits";
    private static final List<String> NAMES = List.of("host", "guest", "used");

    private @Nullable GatewayProtocol gateway;

    @Override
    public Map<String, String> start() {
        GatewayProtocol planned = new GatewayProtocol(ServerStack.GATEWAY_TOKEN);
        for (String name : NAMES) {
            for (String className : List.of("a.Host", "a.Other")) {
                plan(planned, FunctionPath.of("kafka", "main", name), className, StatementClass.CATALOG);
            }
            plan(planned, FunctionPath.of("kafka", "main", name), "a.Unlisted", StatementClass.TEMPORARY);
        }
        plan(planned, FunctionPath.of("postgres", "shop", "host"), "a.Host", StatementClass.CATALOG);
        planned.plans(INSERT, one("INSERT", StatementClass.SINK, INSERT, List.of("kafka.main.used")));
        gateway = planned;
        return Map.of("millrace.gateway.url", planned.url().toString());
    }

    private static void plan(GatewayProtocol gateway, FunctionPath path, String className, StatementClass type) {
        var function = new RegisteredFunction(new FunctionId("f"), path, className, 1);
        gateway.plans(function.ddl(), one("CREATE_FUNCTION", type, function.ddl(), List.of()));
        gateway.plans(function.alteration(), one("ALTER_FUNCTION", type, function.alteration(), List.of()));
    }

    private static Analysis one(String kind, StatementClass type, String text, List<String> functions) {
        ObjectRef written = new ObjectRef("kafka", "main", "hosts", null, false);
        List<ObjectRef> writes = type == StatementClass.SINK ? List.of(written) : List.of();
        return new Analysis(
                List.of(new AnalysedStatement(
                        kind, type, text, new Span(1, 1, 1, 9), List.of(), writes, functions, List.of())),
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
