package io.millrace.api.sql;

import io.millrace.api.problem.ProblemDetail;

import java.util.List;

/**
 * What a script is and touches.
 *
 * @param statements in order; those after a syntax error are missing
 * @param errors empty when every statement can be planned
 */
public record Analysis(List<AnalysedStatement> statements, List<ProblemDetail> errors) {
    public boolean valid() {
        return errors.isEmpty();
    }
}
