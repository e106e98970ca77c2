package io.millrace.flink.gateway.state;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The grouping and the calls of an aggregation. Those of one in two phases are written in terms of what the first phase
 * reads, while its keys stand in what that writes.
 */
final class Aggregates {
    private static final Set<String> FIRST_PHASE = Set.of("local-group-aggregate", "local-window-aggregate");

    private final PlanNode node;
    private final PlanNode arguments;
    private final JsonNode calls;
    private final JsonNode retractions;

    Aggregates(PlanNode node) {
        this.node = node;
        boolean second = node.type().startsWith("global-") || node.type().startsWith("incremental-");
        this.arguments =
                second ? node.input().nearest(FIRST_PHASE).map(PlanNode::input).orElse(node.input()) : node.input();
        boolean partial = node.at("/aggCalls").isMissingNode();
        this.calls = node.at(partial ? "/partialOriginalAggCalls" : "/aggCalls");
        this.retractions = node.at(partial ? "/partialAggCallNeedRetractions" : "/aggCallNeedRetractions");
    }

    /** Where in its input the keys are. */
    List<Integer> keys() {
        JsonNode grouping = node.at("/grouping").isMissingNode() ? node.at("/finalAggGrouping") : node.at("/grouping");
        List<Integer> keys = new ArrayList<>();
        grouping.forEach(index -> keys.add(index.asInt()));
        return keys;
    }

    int size() {
        return calls.size();
    }

    /** What the accumulator of a call is, with the types that it is made for. */
    String digest(int call) {
        JsonNode json = calls.get(call);
        List<String> parts = new ArrayList<>();
        parts.add(function(json));
        json.path("argList").forEach(argument -> {
            parts.add(arguments.origin(argument.asInt()));
            parts.add(arguments.type(argument.asInt()));
        });
        int filter = json.path("filterArg").asInt();
        parts.add(filter < 0 ? "" : arguments.origin(filter));
        parts.add(json.path("distinct") + " " + json.path("approximate") + " " + json.path("ignoreNulls"));
        parts.add(json.path("type").toString());
        parts.add(retractions.path(call).asText());
        return Digest.of(parts);
    }

    /** As one would write it: COUNT(DISTINCT id). */
    String text(int call) {
        JsonNode json = calls.get(call);
        List<String> names = new ArrayList<>();
        json.path("argList").forEach(argument -> names.add(name(argument.asInt())));
        String inner = names.isEmpty() ? "*" : String.join(", ", names);
        String filter = json.path("filterArg").asInt() < 0 ? "" : " FILTER (…)";
        return name(function(json)) + "(" + (json.path("distinct").asBoolean() ? "DISTINCT " : "") + inner + ")"
                + filter;
    }

    String text() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            texts.add(text(i));
        }
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    String digest() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            parts.add(digest(i));
        }
        parts.add(node.at("/needRetraction").toString());
        parts.add(node.at("/partialAggNeedRetraction").toString());
        parts.add(node.at("/indexOfCountStar").toString());
        return Digest.of(parts);
    }

    private String name(int column) {
        return column < arguments.names().size() ? arguments.names().get(column) : "?";
    }

    private static String function(JsonNode call) {
        return List.of("internalName", "systemName", "catalogName", "class").stream()
                .map(field -> call.path(field).asText())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Flink's inner name of COUNT is $COUNT$1. */
    private static String name(String function) {
        return function.startsWith("$") ? function.replaceFirst("^\\$+", "").replaceFirst("\\$\\d+$", "") : function;
    }
}
