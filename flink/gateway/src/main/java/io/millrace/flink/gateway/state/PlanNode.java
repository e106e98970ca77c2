package io.millrace.flink.gateway.state;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNode;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One node of a compiled plan: what Flink wrote of it, what it reads from, and where its columns come from.
 *
 * <p>A column's <em>origin</em> names the expression over the tables' columns that it is, whatever the column is called
 * and wherever it stands. Conditions are no part of it: they say which rows there are, not what is in them.
 */
final class PlanNode {
    /** What has a new value each time, or only says in words what other fields say. */
    private static final Set<String> NOT_CONTENT = Set.of("id", "description");

    private final ExecNode<?> exec;
    private final JsonNode json;
    private final List<PlanNode> inputs;
    private final List<String> types;
    private final List<String> names;
    private final List<String> origins;
    private final String exact;
    private final Set<String> tables = new TreeSet<>();

    PlanNode(ExecNode<?> exec, ObjectNode json, List<PlanNode> inputs) {
        this.exec = exec;
        this.json = json;
        this.inputs = List.copyOf(inputs);
        RowType row = (RowType) exec.getOutputType();
        this.names = row.getFieldNames();
        this.types = row.getChildren().stream().map(LogicalType::toString).toList();
        this.exact = exact(json, inputs);
        if (type().equals("table-source-scan")) {
            tables.add(Tables.of(exec).identity());
        }
        inputs.forEach(input -> tables.addAll(input.tables));
        this.origins = List.copyOf(Origins.of(this));
    }

    private static String exact(ObjectNode json, List<PlanNode> inputs) {
        List<String> parts = new ArrayList<>();
        json.properties().forEach(field -> {
            if (!NOT_CONTENT.contains(field.getKey())) {
                parts.add(field.getKey());
                parts.add(field.getValue().toString());
            }
        });
        inputs.forEach(input -> parts.add(input.exact));
        return Digest.of(parts);
    }

    ExecNode<?> exec() {
        return exec;
    }

    /** Flink's name of the kind of node, such as {@code group-aggregate}. */
    String type() {
        String full = exec.getTypeAsString();
        return full.substring(0, full.lastIndexOf('_')).replaceFirst("^stream-exec-", "");
    }

    /** Kind and version, such as {@code group-aggregate_1}. */
    String versionedType() {
        return exec.getTypeAsString().replaceFirst("^stream-exec-", "");
    }

    String description() {
        return exec.getDescription();
    }

    /** A part of what Flink wrote; a missing one is a node that says so. */
    JsonNode at(String pointer) {
        return json.at(JsonPointer.compile(pointer));
    }

    List<PlanNode> inputs() {
        return inputs;
    }

    PlanNode input() {
        return inputs.get(0);
    }

    List<String> names() {
        return names;
    }

    /** What the column is: its origin. */
    String origin(int column) {
        return column < origins.size() ? origins.get(column) : "?" + column;
    }

    List<String> origins() {
        return origins;
    }

    String type(int column) {
        return column < types.size() ? types.get(column) : "?";
    }

    int columns() {
        return types.size();
    }

    /** The identities of the tables that it reads, directly or not, sorted. */
    Set<String> tables() {
        return tables;
    }

    /** The same for nodes that do exactly the same with the same tables, and for those only. */
    String exact() {
        return exact;
    }

    /** The nearest node upstream, or this one, of one of these types; of nodes with one input only. */
    Optional<PlanNode> nearest(Set<String> wanted) {
        PlanNode next = this;
        while (!wanted.contains(next.type())) {
            if (next.inputs.size() != 1) {
                return Optional.empty();
            }
            next = next.input();
        }
        return Optional.of(next);
    }
}
