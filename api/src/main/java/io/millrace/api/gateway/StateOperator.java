package io.millrace.api.gateway;

import java.util.List;

/**
 * A part of a job that keeps state.
 *
 * @param id under which its state is found in snapshots; parts of two versions with the same id take each other's state
 * @param role what it does, such as {@code aggregation}
 * @param text how the planner writes it, shortened
 * @param place the same for operators that do the same kind of work at the same place of the plan
 * @param known false when nothing is known of its state but that it may have some
 * @param traits what decides whether its state can be taken over
 */
public record StateOperator(
        String id, String role, String text, String place, boolean known, List<StateTrait> traits) {}
