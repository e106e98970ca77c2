package io.millrace.flink.gateway.state;

import io.millrace.api.gateway.StateOperator;
import io.millrace.api.gateway.StateTrait;
import io.millrace.flink.gateway.state.Rules.Rule;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The nodes of a plan that keep state, each described and with an id of its own. */
final class StateOperators {
    private static final int LONGEST_TEXT = 300;

    /** How a node without a rule is described, so that it is found in an identical plan only. */
    private static final String UNKNOWN = "unknown operator";

    private final boolean asyncState;
    private final Duration retention;
    private final Map<PlanNode, String> places = new HashMap<>();
    private final Map<PlanNode, StateOperator> found = new LinkedHashMap<>();

    /**
     * @param nodes upstream first
     * @param asyncState whether operators use the asynchronous state, which is written in another way
     * @param retention how long state is kept that is not used, where the plan does not say; zero for ever
     */
    StateOperators(List<PlanNode> nodes, boolean asyncState, Duration retention) {
        this.asyncState = asyncState;
        this.retention = retention;
        Map<String, List<PlanNode>> byId = new TreeMap<>();
        for (PlanNode node : nodes) {
            places.put(node, place(node));
            if (!Rules.isStateless(node)) {
                StateOperator operator = operator(node);
                found.put(node, operator);
                byId.computeIfAbsent(operator.id(), id -> new ArrayList<>()).add(node);
            }
        }
        byId.values().forEach(this::tellApart);
    }

    Map<PlanNode, StateOperator> found() {
        return found;
    }

    private StateOperator operator(PlanNode node) {
        Optional<Rule> rule = Rules.of(node);
        Traits traits = new Traits(node);
        if (rule.isPresent()) {
            boolean miniBatch =
                    node.at("/configuration/table.exec.mini-batch.enabled").asBoolean();
            String kind = node.versionedType()
                    + (miniBatch ? " in small batches" : "")
                    + (asyncState ? " with asynchronous state" : "");
            traits.add("operator", kind, Digest.of(kind));
            rule.get().traits().accept(node, traits);
            if (!rule.get().role().equals("source") && !rule.get().role().equals("sink")) {
                expiry(node, traits);
            }
        } else {
            traits.add("operator", node.versionedType(), node.exact());
        }
        List<String> parts = new ArrayList<>();
        for (StateTrait trait : traits.found()) {
            parts.add(trait.name());
            parts.add(trait.digest());
        }
        return new StateOperator(
                Digest.of(parts),
                rule.map(Rule::role).orElse(UNKNOWN),
                shortened(node.description()),
                places.get(node),
                rule.isPresent(),
                traits.found());
    }

    /** State with and without a time to live is written in two ways; how long it lives may change. */
    private void expiry(PlanNode node, Traits traits) {
        List<String> written = new ArrayList<>();
        node.at("/state").forEach(state -> written.add(state.path("ttl").asText()));
        if (written.isEmpty()) {
            written.add(TimeUtils.formatWithHighestUnit(retention));
        }
        List<String> kept = written.stream()
                .map(ttl -> ttl.startsWith("0 ") ? "for ever" : "for a time")
                .toList();
        String text = written.stream().distinct().count() == 1 ? written.get(0) : String.join(" and ", written);
        traits.add("expiry", kept.contains("for a time") ? "after " + text : "never", Digest.of(kept));
    }

    /** The table, or what the node does and, for each input, the nearest node that keeps state. */
    private String place(PlanNode node) {
        if (node.type().equals("table-source-scan") || node.type().equals("sink")) {
            return Digest.of(node.type(), Tables.of(node.exec()).identity());
        }
        if (Rules.isStateless(node) && node.inputs().size() == 1) {
            return places.get(node.input());
        }
        List<String> parts = new ArrayList<>();
        parts.add(Rules.of(node).map(Rule::role).orElse(node.type()));
        node.inputs().forEach(input -> parts.add(places.get(input)));
        return Digest.of(parts);
    }

    /**
     * Nodes whose states look the same are told apart by everything that they do, so that none ever takes the state of
     * another one; several writers of one table by their order, for what they keep does not tell them apart.
     */
    private void tellApart(List<PlanNode> same) {
        if (same.size() == 1) {
            return;
        }
        Map<String, Integer> taken = new HashMap<>();
        for (PlanNode node : same) {
            StateOperator operator = found.get(node);
            boolean sink = operator.role().equals("sink");
            String id = sink ? operator.id() : Digest.of(operator.id(), node.exact());
            int times = taken.merge(id, 1, Integer::sum);
            String own = times == 1 ? id : id + "-" + times;
            found.put(
                    node,
                    new StateOperator(
                            own,
                            operator.role(),
                            operator.text(),
                            operator.place(),
                            operator.known(),
                            operator.traits()));
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
