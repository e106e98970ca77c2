package io.millrace.flink.gateway.analysis;

import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.StatementClass;
import io.millrace.flink.catalog.StatementTables;
import io.millrace.flink.gateway.grant.AccessOperation;
import io.millrace.flink.gateway.lineage.Lineages;
import io.millrace.flink.gateway.policy.Rule;
import io.millrace.flink.gateway.policy.StatementPolicy;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.problem.SqlErrors;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Script;
import io.millrace.flink.gateway.session.Effects;
import io.millrace.flink.gateway.session.Grants;
import io.millrace.flink.gateway.session.SessionObjects;
import io.millrace.flink.gateway.session.Sessions;
import io.millrace.flink.gateway.session.SqlSession;
import io.millrace.flink.gateway.session.StatementParser;
import io.millrace.flink.gateway.session.StatementParser.Parsed;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.ddl.CreateCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what a script is and touches, without running it: each statement is parsed, judged and planned in a session
 * of its own whose catalogs keep all changes to themselves, so later statements see what earlier ones would have
 * made, and the world sees nothing.
 */
public final class Analyzer {
    private static final Pattern CREATED = Pattern.compile(
            "CREATE\\s+(?:OR\\s+\\w+\\s+)?(?:TEMPORARY\\s+)?(?:SYSTEM\\s+)?(?:TABLE|VIEW|FUNCTION)\\s+"
                    + "(?:IF\\s+NOT\\s+EXISTS\\s+)?([\\w.`]+)",
            Pattern.CASE_INSENSITIVE);

    private final Sessions sessions;

    public Analyzer(Sessions sessions) {
        this.sessions = sessions;
    }

    public Analysis analyse(NewAnalysis request) {
        if (request.script() == null) {
            throw new GatewayException(Code.REQUEST_INVALID, "'script' is required.");
        }
        // Nothing is carried out, so all statements together see the tables as they are at one moment.
        return Mentions.during(() -> {
            try (SqlSession session = session(request)) {
                return new Run(session).of(Script.split(request.script()));
            }
        });
    }

    private SqlSession session(NewAnalysis request) {
        if (request.session() == null) {
            return sessions.draft(request.catalog(), request.database());
        }
        return sessions.draftOf(request.session());
    }

    /** One analysis. */
    private static final class Run {
        private final SqlSession session;
        private final List<AnalysedStatement> statements = new ArrayList<>();
        private final List<ProblemDetail> errors = new ArrayList<>();

        private @Nullable TableEnvironmentInternal planner;

        /** Names that are missing only because their own statement was wrong. */
        private final Set<String> failedNames = new HashSet<>();

        Run(SqlSession session) {
            this.session = session;
        }

        Analysis of(List<Piece> pieces) {
            session.lock().lock();
            try {
                pieces.forEach(piece -> Mentions.of(session.catalogs(), piece.text()));
                pieces.forEach(this::piece);
                return new Analysis(statements, errors, StatementTables.tables(), StatementTables.functions());
            } finally {
                session.lock().unlock();
            }
        }

        private void piece(Piece piece) {
            Mentions.of(session.catalogs(), piece.text());
            if (!piece.isBlock()) {
                statement(piece);
                return;
            }
            int before = errors.size();
            for (Piece member : piece.members()) {
                TableEnvironmentInternal environment = planner();
                check(member, () -> plan(environment, parser(environment).parse(member)));
            }
            if (errors.size() == before) {
                TableEnvironmentInternal environment = planner();
                check(piece, () -> add(environment, parser(environment).parse(piece)));
            }
        }

        private void statement(Piece piece) {
            TableEnvironmentInternal environment = planner();
            check(piece, () -> {
                Parsed parsed = parser(environment).parse(piece);
                add(environment, parsed);
                plan(environment, parsed);
                apply(environment, parsed);
            });
        }

        /** One planner for all, because making one takes time; but settings change what it does, so each ends it. */
        private TableEnvironmentInternal planner() {
            if (planner == null) {
                planner = session.environment(Map.of());
            }
            return planner;
        }

        private StatementParser parser(TableEnvironmentInternal environment) {
            return new StatementParser(session, environment, new Suggestions(session));
        }

        private void check(Piece piece, Runnable step) {
            try {
                step.run();
            } catch (GatewayException e) {
                if (e.code() == Code.METASTORE_UNAVAILABLE) {
                    throw e; // no error of the script
                }
                fail(piece, e);
            } catch (RuntimeException e) {
                GatewayException explained = SqlErrors.explain(e, piece, Code.SQL_INVALID, new Suggestions(session));
                if (explained.code() == Code.METASTORE_UNAVAILABLE) {
                    throw explained;
                }
                fail(piece, explained);
            }
        }

        private void fail(Piece piece, GatewayException failure) {
            ProblemDetail error = SqlErrors.detail(failure, piece, new Suggestions(session));
            String lower = error.detail().toLowerCase(Locale.ROOT);
            if (failedNames.stream()
                    .noneMatch(name -> lower.contains("'" + name + "'") || lower.contains("." + name + "'"))) {
                errors.add(pointed(error));
            }
            Matcher created = CREATED.matcher(piece.text());
            if (created.lookingAt()) {
                String path = created.group(1).replace("`", "").toLowerCase(Locale.ROOT);
                failedNames.add(path.substring(path.lastIndexOf('.') + 1));
                failedNames.add(path);
            }
            if (failure.code() == Code.SQL_REFUSED
                    && statements.stream().noneMatch(s -> s.span().equals(piece.span()))) {
                statements.add(new AnalysedStatement(
                        "REFUSED",
                        StatementClass.REFUSED,
                        piece.text(),
                        piece.span(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
            }
        }

        private static ProblemDetail pointed(ProblemDetail error) {
            return new ProblemDetail(
                    "/script",
                    error.detail(),
                    error.line(),
                    error.column(),
                    error.endLine(),
                    error.endColumn(),
                    error.hint());
        }

        private void add(TableEnvironmentInternal environment, Parsed parsed) {
            Operation reads = whatItReads(environment, parsed.operation());
            Touched touched = Touched.by(reads);
            Rule rule = parsed.rule();
            statements.add(new AnalysedStatement(
                    rule.kind(),
                    typeOf(environment, parsed),
                    parsed.piece().text(),
                    parsed.piece().span(),
                    touched.reads(),
                    touched.writes(),
                    touched.functions(),
                    new Lineages(session.catalogs(), environment.getParser())
                            .of(parsed.operation(), reads, texts(parsed.piece()))));
        }

        /** A function that no catalog can keep is one of the session, though the statement does not say so. */
        private StatementClass typeOf(TableEnvironmentInternal environment, Parsed parsed) {
            Operation operation = parsed.operation();
            return operation instanceof CreateCatalogFunctionOperation
                    ? StatementPolicy.of(new SessionObjects(session, environment)
                                    .decide(operation)
                                    .operation())
                            .type()
                    : parsed.rule().type();
        }

        private static List<String> texts(Piece piece) {
            return piece.isBlock() ? piece.members().stream().map(Piece::text).toList() : List.of(piece.text());
        }

        private Operation whatItReads(TableEnvironmentInternal environment, Operation operation) {
            return operation instanceof CreateViewOperation view
                    ? environment
                            .getParser()
                            .parse(view.getCatalogView().getExpandedQuery())
                            .get(0)
                    : operation;
        }

        /** Plans to the end what would be run, because much is known to be impossible only then. */
        private void plan(TableEnvironmentInternal environment, Parsed parsed) {
            Operation operation =
                    parsed.operation() instanceof ExplainOperation explain ? explain.getChild() : parsed.operation();
            if (operation instanceof StatementSetOperation set) {
                String unused = environment.explainInternal(List.copyOf(set.getOperations()));
            } else if (operation instanceof CreateTableASOperation create) {
                String unused = environment.explainInternal(List.of(create.getChild()));
            } else if (operation instanceof QueryOperation || operation instanceof ModifyOperation) {
                String unused = environment.explainInternal(List.of(operation));
            }
        }

        private void apply(TableEnvironmentInternal environment, Parsed parsed) {
            switch (parsed.rule().type()) {
                case SETTING, TEMPORARY, CATALOG -> {
                    if (parsed.operation() instanceof AccessOperation access) {
                        new Grants(session).check(access);
                        return;
                    }
                    Effects.Answer unused = new Effects(session, environment).apply(parsed);
                    if (parsed.rule().type() == StatementClass.SETTING) {
                        planner = null;
                    }
                }
                case SINK -> {
                    if (parsed.operation() instanceof CreateTableASOperation create) {
                        new Effects(session, environment).createOnly(create, parsed.piece());
                    }
                }
                case QUERY, INFO, REFUSED -> {}
            }
        }
    }
}
