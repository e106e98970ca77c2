package io.millrace.core.state;

import static java.util.Objects.requireNonNull;

/**
 * What becomes of the state of one operator.
 *
 * @param role what the operator does, such as {@code aggregation}
 * @param operator how the planner writes it: the new one where there is one, else the old one
 * @param reason one sentence
 */
public record Finding(String role, String operator, Fate fate, String reason) {
    public Finding {
        requireNonNull(role, "role");
        requireNonNull(operator, "operator");
        requireNonNull(fate, "fate");
        requireNonNull(reason, "reason");
    }

    /** What can become of it. */
    public enum Fate {
        /** The new plan has the same operator, which takes the state. */
        KEPT,
        /** The new plan has no such operator; the state is dropped. */
        LOST,
        /** The old plan has no such operator; it begins without state. */
        NEW,
        /** The new plan has an operator in this place that keeps something else; it begins without state. */
        CHANGED
    }
}
