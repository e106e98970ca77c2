package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.StatementClass;
import io.millrace.core.catalog.RegisteredFunction;
import io.millrace.core.error.Flaw;
import io.millrace.server.sql.SqlSessionService;

/**
 * Whether a function may name its class: asked of the gateway, which has Flink's class path, as the analysis of the
 * statement that would make it. No class is loaded in the server.
 */
final class FunctionCheck {
    private final SqlSessionService sql;

    FunctionCheck(SqlSessionService sql) {
        this.sql = requireNonNull(sql, "sql");
    }

    /** Fails if {@code function} cannot be made as it is. */
    void create(RegisteredFunction function) {
        check(function, function.ddl());
    }

    /** Fails if the function of this name cannot be changed into it. */
    void alter(RegisteredFunction function) {
        check(function, function.alteration());
    }

    private void check(RegisteredFunction function, String statement) {
        Analysis analysis = sql.analyse(new NewAnalysis(statement, null, null, null));
        if (!analysis.valid()) {
            String message = String.valueOf(analysis.errors().get(0).detail());
            throw CatalogFailures.functionInvalid(function.path(), Flaw.at("/className", message));
        }
        if (analysis.statements().get(0).type() != StatementClass.CATALOG) {
            throw CatalogFailures.functionInvalid(
                    function.path(),
                    Flaw.at(
                            "/className",
                            "Class '" + function.className() + "' is on Flink's class path, but no list of functions"
                                    + " there offers it.",
                            "List it in META-INF/millrace/functions of its jar, or use CREATE TEMPORARY FUNCTION in"
                                    + " SQL."));
        }
    }
}
