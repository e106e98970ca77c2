package io.millrace.testkit;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Checks a state machine whose states are the constants of an enum: its table, and that tests went every way. */
public final class Transitions<S extends Enum<S>> {
    private final Class<S> states;
    private final BiPredicate<S, S> allowed;
    private final Set<String> visited = new LinkedHashSet<>();

    /** {@code allowed} is the method under test, such as {@code ObservedState::canBecome}. */
    public Transitions(Class<S> states, BiPredicate<S, S> allowed) {
        this.states = states;
        this.allowed = allowed;
    }

    /** Tries every pair: exactly the {@code declared} moves are allowed. */
    public void areExactly(Map<S, Set<S>> declared) {
        for (S from : EnumSet.allOf(states)) {
            for (S to : EnumSet.allOf(states)) {
                boolean expected = declared.getOrDefault(from, Set.of()).contains(to);
                if (allowed.test(from, to) != expected) {
                    throw new AssertionError(from + " → " + to + " must " + (expected ? "" : "not ") + "be allowed");
                }
            }
        }
    }

    /** A test saw this move happen. */
    public void visit(S from, S to) {
        if (!allowed.test(from, to)) {
            throw new AssertionError(from + " → " + to + " is not in the table");
        }
        visited.add(from + " → " + to);
    }

    /** Fails when a move of the table was never made: either no test makes it, or it cannot happen. */
    public void allVisited() {
        Set<String> missing = new LinkedHashSet<>();
        for (S from : EnumSet.allOf(states)) {
            for (S to : EnumSet.allOf(states)) {
                if (allowed.test(from, to) && !visited.contains(from + " → " + to)) {
                    missing.add(from + " → " + to);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new AssertionError("in the table but never seen: " + String.join(", ", missing));
        }
    }
}
