package io.millrace.api.job;

import java.util.List;

/**
 * What becomes of a job's state when it goes on with another version.
 *
 * @param from the version whose state is taken over
 * @param to the version that would take it; after a dry run the one that applying would make
 * @param reason why the verdict is what it is, one sentence
 * @param operators one for each operator with state, in the order of the new plan, then what only the old one had
 */
public record CompatibilityView(
        long from, long to, StateVerdict verdict, String reason, List<OperatorFate> operators) {}
