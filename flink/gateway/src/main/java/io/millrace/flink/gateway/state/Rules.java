package io.millrace.flink.gateway.state;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What state each kind of node of Flink's streaming plans keeps. A kind that is listed nowhere is one of which nothing
 * is known: a plan with it is never called compatible with another.
 *
 * <p>Where whole rows are kept, columns are named by their places, for the rows are compared too. What an aggregation
 * keeps does not depend on where its columns stand.
 */
final class Rules {
    /** Keeps nothing between records, or hands on all that it has before each checkpoint. */
    private static final Set<String> STATELESS = Set.of(
            "calc",
            "correlate",
            "drop-update-before",
            "exchange",
            "expand",
            "local-group-aggregate",
            "local-window-aggregate",
            "mini-batch-assigner",
            "union",
            "values",
            "watermark-assigner");

    private static final Map<String, Rule> RULES = Map.ofEntries(
            entry("table-source-scan", new Rule("source", (node, traits) -> traits.table())),
            entry("sink", new Rule("sink", Rules::sink)),
            entry("group-aggregate", new Rule("aggregation", Rules::aggregation)),
            entry("global-group-aggregate", new Rule("aggregation", Rules::aggregation)),
            entry("incremental-group-aggregate", new Rule("partial aggregation", Rules::aggregation)),
            entry("window-aggregate", new Rule("window aggregation", Rules::windowAggregation)),
            entry("global-window-aggregate", new Rule("window aggregation", Rules::windowAggregation)),
            entry("group-window-aggregate", new Rule("window aggregation", Rules::windowAggregation)),
            entry("join", new Rule("join", Rules::join)),
            entry("interval-join", new Rule("interval join", Rules::intervalJoin)),
            entry("temporal-join", new Rule("temporal join", Rules::temporalJoin)),
            entry("window-join", new Rule("window join", Rules::windowJoin)),
            entry("lookup-join", new Rule("lookup join", Rules::lookupJoin)),
            entry("deduplicate", new Rule("deduplication", Rules::deduplication)),
            entry("window-deduplicate", new Rule("window deduplication", Rules::windowDeduplication)),
            entry("rank", new Rule("top n", Rules::rank)),
            entry("sort-limit", new Rule("top n", Rules::rank)),
            entry("limit", new Rule("limit", Rules::rank)),
            entry("window-rank", new Rule("window top n", Rules::windowRank)),
            entry("over-aggregate", new Rule("over aggregation", Rules::over)),
            entry("match", new Rule("pattern", Rules::pattern)),
            entry("changelog-normalize", new Rule("changelog by key", Rules::changelog)),
            entry("window-table-function", new Rule("session window", Rules::session)),
            entry(
                    "temporal-sort",
                    new Rule("sort by time", (node, traits) -> traits.rows().fields("order", "/orderBy"))),
            entry("async-calc", new Rule("asynchronous calls", (node, traits) -> traits.rows())),
            entry("async-correlate", new Rule("asynchronous calls", (node, traits) -> traits.rows())));

    private Rules() {}

    /**
     * A kind of node that keeps state.
     *
     * @param role what it does, in words
     * @param traits adds what decides whether its state can be taken over
     */
    record Rule(String role, BiConsumer<PlanNode, Traits> traits) {}

    /** Whether the node is known to keep nothing. */
    static boolean isStateless(PlanNode node) {
        return switch (node.type()) {
            case "window-table-function" ->
                !node.at("/windowing/window/type").asText().startsWith("Session");
            case "lookup-join" ->
                isNothing(node.at("/asyncOptions"))
                        && !node.at("/requireUpsertMaterialize").asBoolean();
            default -> STATELESS.contains(node.type());
        };
    }

    /** Empty for a kind of node of which nothing is known. */
    static Optional<Rule> of(PlanNode node) {
        return Optional.ofNullable(RULES.get(node.type()));
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static void sink(PlanNode node, Traits traits) {
        traits.table();
        if (node.at("/requireUpsertMaterialize").asBoolean()) {
            traits.rows().fields("upsert key", "/inputUpsertKey", "/upsertMaterializeStrategy", "/conflictStrategy");
        }
    }

    private static void aggregation(PlanNode node, Traits traits) {
        Aggregates aggregates = new Aggregates(node);
        traits.keys(aggregates.keys()).add("aggregates", aggregates.text(), aggregates.digest());
    }

    private static void windowAggregation(PlanNode node, Traits traits) {
        aggregation(node, traits);
        traits.fields("window", "/windowing/window", "/windowing/isRowtime", "/window", "/windowing/strategy");
    }

    private static void join(PlanNode node, Traits traits) {
        joinOf(node, traits, "/joinSpec");
        traits.fields("unique keys", "/leftUpsertKeys", "/rightUpsertKeys");
    }

    /** An inner join keeps rows and nothing about matches, so its further condition may change. */
    private static void joinOf(PlanNode node, Traits traits, String spec) {
        traits.rows()
                .fields("kind of join", spec + "/joinType")
                .fields("keys", spec + "/leftKeys", spec + "/rightKeys", spec + "/filterNulls");
        if (!node.at(spec + "/joinType").asText().equals("INNER")) {
            traits.fields("condition", spec + "/nonEquiCondition");
        }
    }

    private static void intervalJoin(PlanNode node, Traits traits) {
        joinOf(node, traits, "/intervalJoinSpec/joinSpec");
        traits.fields("interval", "/intervalJoinSpec/windowBounds");
    }

    private static void temporalJoin(PlanNode node, Traits traits) {
        joinOf(node, traits, "/joinSpec");
        traits.fields("time", "/isTemporalFunctionJoin", "/leftTimeAttributeIndex", "/rightTimeAttributeIndex");
    }

    private static void windowJoin(PlanNode node, Traits traits) {
        joinOf(node, traits, "/joinSpec");
        traits.fields("window", "/leftWindowing", "/rightWindowing");
    }

    private static void lookupJoin(PlanNode node, Traits traits) {
        traits.rows()
                .fields("kind of join", "/joinType", "/requireUpsertMaterialize")
                .fields("keys", "/lookupKeys", "/inputUpsertKey")
                .fields("table", "/temporalTable/lookupTableSource/table/identifier", "/projectionOnTemporalTable");
    }

    private static void deduplication(PlanNode node, Traits traits) {
        traits.rows().fields("keys", "/uniqueKeys").fields("order", "/isRowtime", "/keepLastRow");
    }

    private static void windowDeduplication(PlanNode node, Traits traits) {
        traits.rows()
                .fields("keys", "/partitionKeys")
                .fields("order", "/orderKey", "/keepLastRow")
                .fields("window", "/windowing");
    }

    private static void rank(PlanNode node, Traits traits) {
        traits.rows()
                .fields("keys", "/partition")
                .fields("order", "/orderBy")
                .fields("places", "/rankType", "/rankRange", "/outputRowNumber")
                .fields("strategy", "/rankStrategy");
    }

    private static void windowRank(PlanNode node, Traits traits) {
        traits.rows()
                .fields("keys", "/partitionSpec")
                .fields("order", "/sortSpec")
                .fields("places", "/rankType", "/rankRange", "/outputRowNumber")
                .fields("window", "/windowing");
    }

    private static void over(PlanNode node, Traits traits) {
        traits.rows()
                .fields("keys", "/overSpec/partition")
                .fields("aggregates", "/overSpec/groups", "/overSpec/constants", "/unboundedOverVersion");
    }

    private static void pattern(PlanNode node, Traits traits) {
        traits.rows()
                .fields("keys", "/matchSpec/partition")
                .fields("order", "/matchSpec/orderKeys")
                .fields(
                        "pattern",
                        "/matchSpec/pattern",
                        "/matchSpec/subsets",
                        "/matchSpec/interval",
                        "/matchSpec/after")
                .fields("definitions", "/matchSpec/patternDefinitions");
    }

    private static void changelog(PlanNode node, Traits traits) {
        traits.rows().fields("keys", "/uniqueKeys").fields("condition", "/filterCondition");
    }

    private static void session(PlanNode node, Traits traits) {
        traits.rows().fields("window", "/windowing");
    }
}
