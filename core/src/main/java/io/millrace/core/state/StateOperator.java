package io.millrace.core.state;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A part of a job that keeps state.
 *
 * @param id under which its state is found in snapshots: what has the same id in another plan takes this state
 * @param role what it does, such as {@code aggregation}
 * @param text how the planner writes it, shortened
 * @param place the same for operators that do the same kind of work at the same place of the plan
 * @param known false when nothing is known of its state but that it may have some
 */
public record StateOperator(String id, String role, String text, String place, boolean known, List<StateTrait> traits) {
    /** The roles of what reads and writes tables; all others compute. */
    public static final String SOURCE = "source";

    public static final String SINK = "sink";

    public StateOperator {
        requireNonNull(id, "id");
        requireNonNull(role, "role");
        requireNonNull(text, "text");
        requireNonNull(place, "place");
        traits = List.copyOf(traits);
    }

    /** Whether it neither reads nor writes a table, so that what it keeps was computed. */
    boolean computes() {
        return !role.equals(SOURCE) && !role.equals(SINK);
    }
}
