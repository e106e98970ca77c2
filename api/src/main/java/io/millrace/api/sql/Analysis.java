package io.millrace.api.sql;

import io.millrace.api.problem.ProblemDetail;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a script is and touches.
 *
 * @param statements in order; those after a syntax error are missing
 * @param errors empty when every statement can be planned
 * @param tables the catalogs' tables and views that the planner was handed, those behind views too
 * @param functions the catalogs' functions that it was handed, also with {@code id@version}
 */
public record Analysis(
        List<AnalysedStatement> statements,
        List<ProblemDetail> errors,
        @Nullable List<ObjectRef> tables,
        @Nullable List<ObjectRef> functions) {
    /** Of a planner that keeps no count. */
    public Analysis(List<AnalysedStatement> statements, List<ProblemDetail> errors) {
        this(statements, errors, null, null);
    }

    public boolean valid() {
        return errors.isEmpty();
    }
}
