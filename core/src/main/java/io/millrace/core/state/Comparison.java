package io.millrace.core.state;

import io.millrace.core.state.Finding.Fate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the state of two plans. Pure.
 *
 * <p>State is found by the id of its operator, so operators with the same id are the same. Those that are left are
 * paired by their places, and then by their roles where each plan has one of a role left: what stands in the place of
 * another but has another id keeps something else.
 */
public final class Comparison {
    private final StatePlan before;
    private final StatePlan after;

    /** The operators of the new plan and what they were, in the order of the new plan. */
    private final Map<StateOperator, StateOperator> pairs = new LinkedHashMap<>();

    private final List<StateOperator> oldLeft;
    private final List<StateOperator> newLeft;

    private Comparison(StatePlan before, StatePlan after) {
        this.before = before;
        this.after = after;
        this.oldLeft = new ArrayList<>(before.operators());
        this.newLeft = new ArrayList<>(after.operators());
        pair(StateOperator::id, false);
        pair(StateOperator::place, false);
        pair(StateOperator::role, true);
    }

    /** What becomes of the state of {@code before} when a job goes on with {@code after}. */
    public static Compatibility of(StatePlan before, StatePlan after) {
        Comparison comparison = new Comparison(before, after);
        List<Finding> findings = comparison.findings();
        return comparison.unknown(findings).orElseGet(() -> comparison.judged(findings));
    }

    /** Pairs what has the same key, first with first; where {@code alone}, only if there is one of the key in each. */
    private void pair(Function<StateOperator, String> key, boolean alone) {
        for (StateOperator next : List.copyOf(newLeft)) {
            if (alone && !next.computes()) {
                continue; // another table is another source or sink, whatever stands in its place
            }
            List<StateOperator> was = oldLeft.stream()
                    .filter(old -> key.apply(old).equals(key.apply(next)))
                    .toList();
            long rivals = newLeft.stream()
                    .filter(other -> key.apply(other).equals(key.apply(next)))
                    .count();
            boolean paired = alone ? was.size() == 1 && rivals == 1 : !was.isEmpty();
            if (paired) {
                pairs.put(next, was.get(0));
                oldLeft.remove(was.get(0));
                newLeft.remove(next);
            }
        }
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (StateOperator next : after.operators()) {
            findings.add(Optional.ofNullable(pairs.get(next))
                    .map(was -> was.id().equals(next.id()) ? kept(was, next) : changed(was, next))
                    .orElseGet(() -> begun(next)));
        }
        oldLeft.forEach(was -> findings.add(lost(was)));
        return findings;
    }

    private static Finding kept(StateOperator was, StateOperator next) {
        String notes = differing(was, next, StateTrait::text)
                .map(trait -> " Its " + trait + ".")
                .collect(Collectors.joining());
        return new Finding(next.role(), next.text(), Fate.KEPT, "It takes its state over." + notes);
    }

    private static Finding changed(StateOperator was, StateOperator next) {
        String what = differing(was, next, StateTrait::digest).collect(Collectors.joining("; its "));
        String why = what.isEmpty()
                ? "There are several like it, and none of them does exactly what it did."
                : "Its " + what + ".";
        return new Finding(
                next.role(), next.text(), Fate.CHANGED, why + " It cannot read the old state and begins empty.");
    }

    private static Finding begun(StateOperator next) {
        String reason = next.role().equals(StateOperator.SOURCE)
                ? "It reads from where its table says."
                : next.role().equals(StateOperator.SINK) ? "It has written nothing yet." : "It begins empty.";
        return new Finding(next.role(), next.text(), Fate.NEW, reason);
    }

    private static Finding lost(StateOperator was) {
        String reason = was.role().equals(StateOperator.SOURCE)
                ? "How far it had read is forgotten."
                : was.role().equals(StateOperator.SINK)
                        ? "What it had not yet made visible is not."
                        : "What it had counted or kept is dropped.";
        return new Finding(was.role(), was.text(), Fate.LOST, "The new version has no such operator. " + reason);
    }

    /** "keys changed from person STRING to id BIGINT", for each trait that differs. */
    private static Stream<String> differing(
            StateOperator was, StateOperator next, Function<StateTrait, String> aspect) {
        Map<String, StateTrait> old = byName(was);
        Map<String, StateTrait> now = byName(next);
        return Stream.concat(now.keySet().stream(), old.keySet().stream())
                .distinct()
                .filter(name -> !Optional.ofNullable(old.get(name))
                        .map(aspect)
                        .equals(Optional.ofNullable(now.get(name)).map(aspect)))
                .map(name -> difference(name, text(old.get(name)), text(now.get(name))));
    }

    private static Map<String, StateTrait> byName(StateOperator operator) {
        Map<String, StateTrait> traits = new LinkedHashMap<>();
        operator.traits().forEach(trait -> traits.put(trait.name(), trait));
        return traits;
    }

    private static String text(@Nullable StateTrait trait) {
        return trait == null || trait.text().isEmpty() ? "nothing" : trait.text();
    }

    private static String difference(String name, String was, String now) {
        return was.equals(now)
                ? name + " changed, though written in the same way: " + now
                : name + " changed from " + was + " to " + now;
    }

    private Optional<Compatibility> unknown(List<Finding> findings) {
        List<String> why = new ArrayList<>();
        if (!before.engine().equals(after.engine())) {
            why.add("They are planned by different engines, Flink " + before.engine() + " and " + after.engine() + ".");
        } else if (same()) {
            return Optional.empty();
        }
        Stream.of(before, after)
                .flatMap(plan -> plan.gaps().stream())
                .distinct()
                .forEach(why::add);
        Stream.of(before, after)
                .flatMap(plan -> plan.operators().stream())
                .filter(operator -> !operator.known())
                .map(operator -> "Nothing is known of the state of " + operator.text() + ".")
                .distinct()
                .forEach(why::add);
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(new Compatibility(Verdict.UNKNOWN, String.join(" ", why), findings));
    }

    private boolean same() {
        return !before.digest().isEmpty() && before.digest().equals(after.digest());
    }

    private Compatibility judged(List<Finding> findings) {
        if (same()) {
            return new Compatibility(Verdict.IDENTICAL, "The plans are the same.", findings);
        }
        if (findings.isEmpty()) {
            return new Compatibility(Verdict.COMPATIBLE, "Neither keeps any state.", findings);
        }
        long changed = count(findings, Fate.CHANGED);
        long lost = count(findings, Fate.LOST);
        if (changed > 0) {
            String some = changed == 1 ? "One operator cannot" : changed + " operators cannot";
            return new Compatibility(Verdict.INCOMPATIBLE, some + " read the state that is there.", findings);
        }
        if (count(findings, Fate.KEPT) == 0 && lost > 0) {
            return new Compatibility(Verdict.INCOMPATIBLE, "No state is taken over.", findings);
        }
        long empty = newLeft.stream().filter(StateOperator::computes).count();
        if (lost > 0 || empty > 0) {
            String sentence = Stream.of(
                            lost == 0 ? null : "the state of " + operators(lost) + " is dropped",
                            empty == 0 ? null : operators(empty) + (empty == 1 ? " begins" : " begin") + " empty")
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", and "));
            return new Compatibility(Verdict.PARTIAL, "Not all goes on: " + sentence + ".", findings);
        }
        return new Compatibility(Verdict.COMPATIBLE, "All state is taken over.", findings);
    }

    private static String operators(long count) {
        return count == 1 ? "one operator" : count + " operators";
    }

    private static long count(List<Finding> findings, Fate fate) {
        return findings.stream().filter(finding -> finding.fate() == fate).count();
    }
}
