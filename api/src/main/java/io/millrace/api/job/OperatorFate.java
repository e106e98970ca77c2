package io.millrace.api.job;

/**
 * What becomes of the state of one operator.
 *
 * @param role what the operator does, such as {@code aggregation}
 * @param operator how the planner writes it, shortened
 * @param reason one sentence
 */
public record OperatorFate(String role, String operator, StateFate fate, String reason) {}
