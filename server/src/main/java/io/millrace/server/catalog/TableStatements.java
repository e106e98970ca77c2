package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.catalog.NewTable;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.AnalysedStatement;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.api.sql.StatementClass;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.sql.SqlSessionService;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Tables that users create with a structure or with a statement. A statement is run by the gateway like any other. */
final class TableStatements {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WAIT_MILLIS = 1000;

    private final CatalogService catalogs;
    private final TableService service;
    private final SqlTableSearch search;
    private final SqlSessionService sql;
    private final Clock clock;

    TableStatements(
            CatalogService catalogs, TableService service, SqlTableSearch search, SqlSessionService sql, Clock clock) {
        this.catalogs = requireNonNull(catalogs, "catalogs");
        this.service = requireNonNull(service, "service");
        this.search = requireNonNull(search, "search");
        this.sql = requireNonNull(sql, "sql");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Says what is wrong. A statement is planned; its options are checked only when it runs. */
    void check(DatabasePath database, NewTable wanted) {
        TableDefinition definition = wanted.definition();
        if (definition == null) {
            analysed(database, statementOf(wanted));
        } else {
            refuseBoth(wanted);
            TableName name = CatalogViews.name(definition.name(), TableName::new);
            service.checkNew(database.table(name), CatalogViews.spec(definition));
        }
    }

    Table create(DatabasePath database, NewTable wanted, Origin origin) {
        TableDefinition definition = wanted.definition();
        if (definition == null) {
            return run(database, analysed(database, statementOf(wanted)));
        }
        refuseBoth(wanted);
        TableName name = CatalogViews.name(definition.name(), TableName::new);
        return catalogs.createTable(database.table(name), CatalogViews.spec(definition), origin);
    }

    private String analysed(DatabasePath database, String ddl) {
        catalogs.database(database);
        Analysis analysis = sql.analyse(new NewAnalysis(
                ddl, null, database.catalog().value(), database.database().value()));
        if (!analysis.valid()) {
            List<Flaw> flaws =
                    analysis.errors().stream().map(TableStatements::flaw).toList();
            throw new MillraceException(ErrorCode.SQL_INVALID, flaws.get(0).message(), flaws);
        }
        if (analysis.statements().size() != 1) {
            throw notOne("These are " + analysis.statements().size() + " statements.");
        }
        AnalysedStatement only = analysis.statements().get(0);
        if (only.type() != StatementClass.CATALOG || !only.text().strip().regionMatches(true, 0, "CREATE", 0, 6)) {
            throw notOne("This is " + only.kind() + ".");
        }
        return only.text();
    }

    private Table run(DatabasePath database, String ddl) {
        Instant begin = clock.instant();
        SqlSessionView session = sql.open(new NewSqlSession(
                database.catalog().value(), database.database().value(), null));
        try {
            SqlStatementView statement = sql.run(session.id(), new NewSqlStatement(ddl, null, null));
            while (statement.state() == SqlStatementState.RUNNING
                    && clock.instant().isBefore(begin.plus(PATIENCE))) {
                sql.rows(session.id(), statement.id(), null, 1, WAIT_MILLIS);
                statement = sql.show(session.id(), statement.id());
            }
            refuseFailure(statement);
        } finally {
            sql.close(session.id());
        }
        return search.byStatement(database, ddl, begin)
                .flatMap(path -> Optional.of(catalogs.table(path)))
                .orElseThrow(() -> notOne(
                        "It changed nothing in " + database + ": the table was there, or is in another database."));
    }

    private static void refuseFailure(SqlStatementView statement) {
        if (statement.state() == SqlStatementState.FINISHED) {
            return;
        }
        Problem problem = statement.problem();
        if (problem == null) {
            throw new MillraceException(
                    ErrorCode.GATEWAY_UNAVAILABLE, "The statement did not end within " + PATIENCE.toSeconds() + " s.");
        }
        List<Flaw> flaws = problem.errors().stream().map(TableStatements::flaw).toList();
        throw new MillraceException(codeOf(problem), problem.detail(), flaws);
    }

    private static ErrorCode codeOf(Problem problem) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(problem.code())) {
                return code;
            }
        }
        return ErrorCode.SQL_FAILED;
    }

    private static Flaw flaw(ProblemDetail error) {
        return new Flaw(
                "/ddl",
                String.valueOf(error.detail()),
                number(error.line()),
                number(error.column()),
                Optional.ofNullable(error.hint()));
    }

    private static OptionalInt number(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static String statementOf(NewTable wanted) {
        String ddl = wanted.ddl();
        if (ddl == null || ddl.isBlank()) {
            throw notOne("There is neither a definition nor a statement.");
        }
        return ddl;
    }

    private static void refuseBoth(NewTable wanted) {
        if (wanted.ddl() != null) {
            throw notOne("There are both.");
        }
    }

    private static MillraceException notOne(String what) {
        return new MillraceException(
                ErrorCode.REQUEST_INVALID,
                "Send either definition, or ddl with one statement that creates a table or view. " + what,
                List.of(Flaw.at("/ddl", what)));
    }
}
