package io.millrace.flink.gateway.submission;

import io.millrace.api.gateway.StatePlan;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.StatementClass;
import io.millrace.flink.gateway.analysis.Mentions;
import io.millrace.flink.gateway.analysis.Suggestions;
import io.millrace.flink.gateway.analysis.Touched;
import io.millrace.flink.gateway.policy.SettingPolicy;
import io.millrace.flink.gateway.policy.StatementPolicy;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.problem.SqlErrors;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.session.Effects;
import io.millrace.flink.gateway.session.SessionObjects;
import io.millrace.flink.gateway.session.SqlSession;
import io.millrace.flink.gateway.session.StatementParser;
import io.millrace.flink.gateway.session.StatementParser.Parsed;
import io.millrace.flink.gateway.state.JobPlan;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The script of a job: settings, temporary objects, and INSERT statements, which together become one statement set.
 * Nothing in it changes a catalog, because a script runs again with each attempt.
 */
final class JobScript {
    private final SqlSession session;
    private final Map<String, String> options;
    private final List<ModifyOperation> sinks = new ArrayList<>();
    private final List<ObjectRef> written = new ArrayList<>();
    private @Nullable TableEnvironmentInternal planner;
    private @Nullable Piece lastSink;

    JobScript(SqlSession session, Map<String, String> options) {
        this.session = session;
        this.options = options;
    }

    /** Carries out the settings and temporary objects in the session and gathers the rest. */
    void read(List<Piece> pieces) {
        for (Piece piece : pieces) {
            try {
                read(piece);
            } catch (RuntimeException e) {
                throw SqlErrors.explain(e, piece, Code.SQL_INVALID, new Suggestions(session));
            }
        }
        if (sinks.isEmpty()) {
            throw new GatewayException(
                    Code.SQL_REFUSED, "The script has no INSERT statement, so there is nothing to run.");
        }
    }

    /** Submits it. What a streaming job keeps is found again by the job's next version. */
    TableResultInternal execute() {
        return JobPlan.isBatch(planner())
                ? planner().executeInternal(sinks)
                : JobPlan.of(planner(), sinks).execute();
    }

    /**
     * Submits it with sinks that discard what they get. What the sinks keep themselves, and what the operators of
     * {@code dropped} keep, is not looked at; all else of what it goes on from has to fit.
     */
    TableResultInternal prove(Map<String, Integer> dropped) {
        if (JobPlan.isBatch(planner())) {
            throw new GatewayException(Code.SQL_REFUSED, "A batch job goes on from nothing, so nothing can be proven.");
        }
        Set<String> read =
                JobPlan.of(planner(), sinks).discarding(Map.of()).operatorIds().keySet();
        Map<String, Integer> unread = new HashMap<>(operatorIds());
        unread.putAll(dropped);
        unread.keySet().removeAll(read);
        return JobPlan.of(planner(), sinks).discarding(unread).execute();
    }

    /** The ids of all its operators, with what each can be scaled to. */
    Map<String, Integer> operatorIds() {
        return JobPlan.of(planner(), sinks).operatorIds();
    }

    /** What it would keep; nothing is submitted. */
    StatePlan state() {
        try {
            return JobPlan.isBatch(planner())
                    ? JobPlan.nothing()
                    : JobPlan.of(planner(), sinks).state();
        } catch (RuntimeException e) {
            throw explain(e);
        }
    }

    GatewayException explain(RuntimeException failure) {
        Piece piece = Optional.ofNullable(lastSink).orElseThrow(() -> failure);
        return SqlErrors.explain(failure, piece, Code.SQL_INVALID, new Suggestions(session));
    }

    /** One planner for all, because making one takes time; but settings change what it does, so each ends it. */
    private TableEnvironmentInternal planner() {
        if (planner == null) {
            planner = session.environment(options);
        }
        return planner;
    }

    private void read(Piece piece) {
        TableEnvironmentInternal environment = planner();
        Mentions.of(session.catalogs(), piece.text());
        Parsed parsed = new StatementParser(session, environment, new Suggestions(session)).parse(piece);
        switch (parsed.rule().type()) {
            case SETTING -> setting(parsed, environment);
            case TEMPORARY, CATALOG -> object(parsed, environment);
            case SINK -> sink(parsed, environment);
            case QUERY, INFO, REFUSED ->
                throw refused(piece, "A job's script holds settings, temporary objects and INSERT statements only.");
        }
    }

    private void setting(Parsed parsed, TableEnvironmentInternal environment) {
        Operation operation = parsed.operation();
        if (operation instanceof SetOperation set) {
            set.getKey().flatMap(SettingPolicy::refusalInJob).ifPresent(reason -> {
                throw refused(parsed.piece(), reason);
            });
        }
        boolean option = operation instanceof SetOperation || operation instanceof ResetOperation;
        if (option && !sinks.isEmpty()) {
            throw refused(
                    parsed.piece(), "All INSERT statements of a job share its settings: write SET before the first.");
        }
        var unused = new Effects(session, environment).apply(parsed);
        if (option) {
            planner = null;
        }
    }

    private void object(Parsed parsed, TableEnvironmentInternal environment) {
        Operation decided = new SessionObjects(session, environment)
                .decide(parsed.operation())
                .operation();
        if (StatementPolicy.of(decided).type() != StatementClass.TEMPORARY) {
            throw refused(
                    parsed.piece(),
                    "A job's script cannot change a catalog: it runs again with each attempt. Run this statement once,"
                            + " with `millrace sql`.");
        }
        var unused = new Effects(session, environment).apply(parsed);
    }

    private void sink(Parsed parsed, TableEnvironmentInternal environment) {
        List<ModifyOperation> operations = parsed.operation() instanceof StatementSetOperation set
                ? set.getOperations()
                : List.of((ModifyOperation) parsed.operation());
        if (operations.stream().anyMatch(CreateTableASOperation.class::isInstance)) {
            throw refused(
                    parsed.piece(),
                    "A job's script cannot create its table: it runs again with each attempt. Create it once, and"
                            + " write INSERT here.");
        }
        Touched touched = Touched.by(parsed.operation());
        if (JobPlan.isBatch(environment) && touched.reads().stream().anyMatch(written::contains)) {
            throw refused(
                    parsed.piece(),
                    "All INSERT statements of a job run at the same time, so none may read what another one of a batch"
                            + " job writes. Make two jobs of it.");
        }
        written.addAll(touched.writes());
        sinks.addAll(operations);
        lastSink = parsed.piece();
    }

    private static GatewayException refused(Piece piece, String sentence) {
        return new GatewayException(
                Code.SQL_REFUSED, sentence, List.of(SqlErrors.located(sentence, piece.span(), null)), null);
    }
}
