package io.millrace.server.gateway;

import io.millrace.api.gateway.NewStatePlan;
import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.ObjectRef;
import io.millrace.core.access.Securable;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptObject;
import io.millrace.core.sql.ScriptStatement;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.sql.StatementClass;
import io.millrace.core.sql.TableUse;
import io.millrace.core.state.StateOperator;
import io.millrace.core.state.StatePlan;
import io.millrace.core.state.StateTrait;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code core}'s port, over HTTP. */
final class HttpSqlGateway implements SqlGateway {
    private final GatewayClient client;
    private final Rights rights;

    HttpSqlGateway(GatewayClient client, Rights rights) {
        this.client = client;
        this.rights = rights;
    }

    /** Lends a capability for the length of a call. */
    interface Rights {
        <T> T during(Function<String, T> call);
    }

    @Override
    public ScriptAnalysis analyse(String script) {
        Analysis analysis =
                rights.during(capability -> client.analyse(new NewAnalysis(script, null, null, null), capability));
        return new ScriptAnalysis(
                analysis.statements().stream().map(HttpSqlGateway::statement).toList(),
                GatewayFailures.flaws(analysis.errors()),
                objects(analysis));
    }

    /** An older gateway keeps no count. */
    private static Optional<List<ScriptObject>> objects(Analysis analysis) {
        if (analysis.tables() == null || analysis.functions() == null) {
            return Optional.empty();
        }
        return Optional.of(Stream.concat(
                        analysis.tables().stream().map(table -> object(Securable.Kind.TABLE, table)),
                        analysis.functions().stream().map(function -> object(Securable.Kind.FUNCTION, function)))
                .toList());
    }

    private static ScriptObject object(Securable.Kind kind, ObjectRef wire) {
        TableRef ref = TableRef.parse(String.valueOf(wire.ref())).orElseThrow();
        List<String> path = List.of(wire.catalog(), wire.database(), wire.name());
        return new ScriptObject(kind, ref.id().value(), ref.version(), path, wire.artifact());
    }

    @Override
    public StatePlan state(String script, Map<String, String> settings) {
        var wire = rights.during(capability -> client.state(new NewStatePlan(script, settings), capability));
        return new StatePlan(
                wire.engine(),
                wire.digest(),
                wire.operators().stream().map(HttpSqlGateway::operator).toList(),
                wire.gaps());
    }

    private static StateOperator operator(io.millrace.api.gateway.StateOperator wire) {
        return new StateOperator(
                wire.id(),
                wire.role(),
                wire.text(),
                wire.place(),
                wire.known(),
                wire.traits().stream()
                        .map(trait -> new StateTrait(trait.name(), trait.text(), trait.digest()))
                        .toList());
    }

    private static ScriptStatement statement(AnalysedStatement wire) {
        return new ScriptStatement(
                wire.kind(),
                StatementClass.valueOf(wire.type().name()),
                wire.text(),
                wire.span().line(),
                wire.span().column(),
                uses(wire.reads()),
                uses(wire.writes()),
                wire.functions(),
                wire.lineage() == null
                        ? List.of()
                        : wire.lineage().stream().map(Flows::of).toList());
    }

    private static List<TableUse> uses(List<ObjectRef> objects) {
        return objects.stream()
                .map(each -> new TableUse(
                        each.catalog(),
                        each.database(),
                        each.name(),
                        Optional.ofNullable(each.ref()),
                        each.temporary()))
                .toList();
    }
}
