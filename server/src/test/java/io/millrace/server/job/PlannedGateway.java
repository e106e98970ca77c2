package io.millrace.server.job;

import io.millrace.api.gateway.StateOperator;
import io.millrace.api.gateway.StatePlan;
import io.millrace.api.gateway.StateTrait;
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

/** A gateway that has planned a few scripts; every other one cannot be parsed. */
public final class PlannedGateway implements QuarkusTestResourceLifecycleManager {
    public static final String INSERT = "INSERT INTO sink SELECT * FROM source";
    /** One in kafka.main that may be made, of class {@code a.Host}. */
    public static final String FUNCTION = "planned";

    static final String OTHER_INSERT = "INSERT INTO sink SELECT 1";
    /** Calls {@link #FUNCTION}, the code of which is {@link #ARTIFACT}. */
    static final String CALL = "INSERT INTO sink SELECT planned(a) FROM source";

    static final String ARTIFACT = "sha256:" + "0".repeat(64);
    static final String DDL = "CREATE TABLE t (id INT)";
    static final String QUERY = "SELECT 1";
    static final String SETTINGS = "SET 'a' = 'b'";

    private @Nullable GatewayProtocol gateway;

    @Override
    public Map<String, String> start() {
        GatewayProtocol planned = new GatewayProtocol(ServerStack.GATEWAY_TOKEN);
        planned.plans(INSERT, one("INSERT", StatementClass.SINK, INSERT));
        planned.plans(OTHER_INSERT, one("INSERT", StatementClass.SINK, OTHER_INSERT));
        Analysis call = one("INSERT", StatementClass.SINK, CALL);
        planned.plans(
                CALL,
                new Analysis(
                        call.statements(),
                        call.errors(),
                        List.of(),
                        List.of(new ObjectRef("kafka", "main", FUNCTION, "f@1", false, ARTIFACT))));
        planned.keeps(CALL, counts("COUNT(*)"));
        planned.keeps(INSERT, counts("COUNT(*)"));
        planned.keeps(OTHER_INSERT, counts("SUM(n)"));
        planned.plans(DDL, one("CREATE_TABLE", StatementClass.CATALOG, DDL));
        planned.plans(QUERY, one("SELECT", StatementClass.QUERY, QUERY));
        planned.plans(SETTINGS, one("SET", StatementClass.SETTING, SETTINGS));
        var path = FunctionPath.of("kafka", "main", FUNCTION);
        var function = new RegisteredFunction(new FunctionId("f"), path, "a.Host", 1);
        planned.plans(function.ddl(), one("CREATE_FUNCTION", StatementClass.CATALOG, function.ddl()));
        planned.plans(function.alteration(), one("ALTER_FUNCTION", StatementClass.CATALOG, function.alteration()));
        gateway = planned;
        return Map.of("millrace.gateway.url", planned.url().toString());
    }

    private static Analysis one(String kind, StatementClass type, String text) {
        Span span = new Span(2, 3, 2, 9);
        return new Analysis(
                List.of(new AnalysedStatement(kind, type, text, span, List.of(), List.of(), List.of(), List.of())),
                List.of());
    }

    /** A source, an aggregation of these aggregates, and a sink. */
    private static StatePlan counts(String aggregates) {
        return new StatePlan(
                "2.3.0",
                aggregates,
                List.of(
                        operator("source", "table", "source"),
                        operator("aggregation", "aggregates", aggregates),
                        operator("sink", "table", "sink")),
                List.of());
    }

    private static StateOperator operator(String role, String trait, String text) {
        return new StateOperator(
                role + text, role, role + "(" + text + ")", role, true, List.of(new StateTrait(trait, text, text)));
    }

    @Override
    public void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** After {@link ServerStack}, whose address leads nowhere, and after the gateway of other tests. */
    @Override
    public int order() {
        return 2;
    }
}
