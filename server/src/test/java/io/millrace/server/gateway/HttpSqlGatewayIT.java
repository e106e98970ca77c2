package io.millrace.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.client.Rest;
import io.millrace.api.gateway.StateTrait;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.Lineage;
import io.millrace.api.sql.LineageColumn;
import io.millrace.api.sql.LineageInput;
import io.millrace.api.sql.LineageKind;
import io.millrace.api.sql.LineageSource;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.Span;
import io.millrace.api.sql.StatementClass;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.sql.SqlGatewayContract;
import io.millrace.core.sql.TableUse;
import io.millrace.core.state.StatePlan;
import io.millrace.server.access.TestCapabilities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;

/** The contract over HTTP, and what becomes of the gateway's failures. */
class HttpSqlGatewayIT extends SqlGatewayContract {
    private static final String TOKEN = "token";

    private final GatewayProtocol protocol = new GatewayProtocol(TOKEN);
    private final GatewayClient client = client(TOKEN);

    @AfterEach
    void stop() {
        protocol.close();
    }

    @Override
    protected SqlGateway gateway() {
        return new HttpSqlGateway(client, new TestCapabilities()::duringCall);
    }

    @Override
    protected void plans(String script, ScriptAnalysis analysis) {
        List<AnalysedStatement> statements = analysis.statements().stream()
                .map(each -> new AnalysedStatement(
                        each.kind(),
                        StatementClass.valueOf(each.type().name()),
                        each.text(),
                        new Span(each.line(), each.column(), each.line(), each.column()),
                        refs(each.reads()),
                        refs(each.writes()),
                        each.functions(),
                        each.flows().stream().map(HttpSqlGatewayIT::wire).toList()))
                .toList();
        List<ProblemDetail> errors = analysis.errors().stream()
                .map(each -> new ProblemDetail(
                        each.pointer(),
                        each.message(),
                        boxed(each.line()),
                        boxed(each.column()),
                        null,
                        null,
                        each.hint().orElse(null)))
                .toList();
        protocol.plans(
                script,
                new Analysis(
                        statements,
                        errors,
                        objects(analysis, Securable.Kind.TABLE),
                        objects(analysis, Securable.Kind.FUNCTION)));
    }

    private static @Nullable List<ObjectRef> objects(ScriptAnalysis analysis, Securable.Kind kind) {
        return analysis.objects()
                .map(objects -> objects.stream()
                        .filter(object -> object.kind() == kind)
                        .map(object -> new ObjectRef(
                                object.path().get(0),
                                object.path().get(1),
                                object.path().get(2),
                                object.id() + "@" + object.version(),
                                false,
                                object.artifact()))
                        .toList())
                .orElse(null);
    }

    private static Lineage wire(Flow flow) {
        return new Lineage(
                ref(flow.target()),
                flow.inputs().stream()
                        .map(input -> new LineageInput(ref(input.table()), input.view(), input.columns()))
                        .toList(),
                flow.columns().stream()
                        .map(column -> new LineageColumn(column.name(), column.expression(), sources(column.sources())))
                        .toList(),
                sources(flow.indirect()),
                flow.complete(),
                flow.reasons());
    }

    private static List<LineageSource> sources(List<Flow.Source> sources) {
        return sources.stream()
                .map(source -> new LineageSource(
                        source.input(),
                        source.column(),
                        LineageKind.valueOf(source.kind().name())))
                .toList();
    }

    private static ObjectRef ref(LineageTable table) {
        return new ObjectRef(table.catalog(), table.database(), table.name(), table.key() + "@1", table.temporary());
    }

    @Override
    protected void keeps(String script, StatePlan state) {
        var operators = state.operators().stream()
                .map(each -> new io.millrace.api.gateway.StateOperator(
                        each.id(),
                        each.role(),
                        each.text(),
                        each.place(),
                        each.known(),
                        each.traits().stream()
                                .map(trait -> new StateTrait(trait.name(), trait.text(), trait.digest()))
                                .toList()))
                .toList();
        protocol.keeps(
                script, new io.millrace.api.gateway.StatePlan(state.engine(), state.digest(), operators, state.gaps()));
    }

    @Override
    protected void goesDown() {
        protocol.close();
    }

    @Test
    void passesOnWhatTheGatewayRefuses() {
        String session =
                client.open(new NewSqlSession(null, null, null), "alice").id();

        assertThatThrownBy(() -> client.run(session, new NewSqlStatement("WRONG", null, null)))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SQL_INVALID);
                    assertThat(e).hasMessage("Column 'amout' not found.");
                    assertThat(e.flaws()).singleElement().satisfies(flaw -> {
                        assertThat(flaw.line()).hasValue(3);
                        assertThat(flaw.column()).hasValue(12);
                        assertThat(flaw.hint()).contains("Did you mean 'amount'?");
                    });
                });
    }

    @Test
    void takesAnotherAnswerAndNoneForAnOutage() {
        String session =
                client.open(new NewSqlSession(null, null, null), "alice").id();

        for (String sql : List.of("BROKEN", "SILENT")) {
            assertThatThrownBy(() -> client.run(session, new NewSqlStatement(sql, null, null)))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.GATEWAY_UNAVAILABLE));
        }
    }

    @Test
    void saysWhenTheTokenIsWrong() {
        assertThatThrownBy(() -> client("other").open(new NewSqlSession(null, null, null), "alice"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR))
                .hasMessageContaining("token");
    }

    private GatewayClient client(String token) {
        return new GatewayClient(Rest.at(protocol.url()).withToken(() -> token));
    }

    private static List<ObjectRef> refs(List<TableUse> uses) {
        return uses.stream()
                .map(use -> new ObjectRef(
                        use.catalog(), use.database(), use.name(), use.ref().orElse(null), use.temporary()))
                .toList();
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
