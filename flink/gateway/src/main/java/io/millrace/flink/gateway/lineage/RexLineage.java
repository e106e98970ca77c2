package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the value of an expression over one row comes from. */
final class RexLineage {
    /** Functions that hand on a value of another row of a pattern or window. */
    private static final Set<String> HAND_ON = Set.of("FINAL", "RUNNING", "FIRST", "LAST", "PREV", "NEXT");

    private static final Set<String> FROM_ONE_ROW = Set.of("LAG", "LEAD");

    private final RelLineage rels;
    private final Findings findings;
    private final List<Derived> row;
    private final Scope scope;

    RexLineage(RelLineage rels, Findings findings, List<Derived> row, Scope scope) {
        this.rels = rels;
        this.findings = findings;
        this.row = row;
        this.scope = scope;
    }

    /** Notes what {@code node} decides. */
    void decides(LineageKind kind, RexNode node) {
        findings.indirect(kind, of(node));
    }

    Derived of(RexNode node) {
        if (node instanceof RexInputRef ref) { // a reference into a pattern too
            return mentioned(row.get(ref.getIndex()));
        } else if (node instanceof RexLiteral literal) {
            return Derived.constant(RexText.literal(literal));
        } else if (node instanceof RexFieldAccess access) {
            return field(access);
        } else if (node instanceof RexCorrelVariable variable) {
            return whole(variable);
        } else if (node instanceof RexOver over) {
            return over(over);
        } else if (node instanceof RexSubQuery query) {
            return subQuery(query);
        } else if (node instanceof RexCall call) {
            return call(call);
        } else if (node instanceof RexDynamicParam) {
            return Derived.constant("?");
        }
        findings.notUnderstood("Expression " + node.getClass().getSimpleName());
        return Derived.of(row, LineageKind.TRANSFORMATION, node.toString(), true);
    }

    private Derived mentioned(Derived value) {
        findings.mention(value);
        return value;
    }

    private List<Derived> outside(CorrelationId id) {
        List<Derived> found = scope.row(id);
        return found == null ? row : found;
    }

    private Derived field(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            return mentioned(outside(variable.id).get(access.getField().getIndex()));
        }
        Derived of = of(access.getReferenceExpr());
        return of.after(
                LineageKind.TRANSFORMATION,
                of.operand() + "." + access.getField().getName());
    }

    private Derived whole(RexCorrelVariable variable) {
        List<Derived> all = outside(variable.id);
        all.forEach(findings::mention);
        return Derived.of(all, LineageKind.TRANSFORMATION, "ROW(*)", true);
    }

    private List<Derived> all(List<RexNode> nodes) {
        List<Derived> values = new ArrayList<>();
        nodes.forEach(node -> values.add(of(node)));
        return values;
    }

    private Derived call(RexCall call) {
        String name = RexText.name(call.getOperator());
        if (call.getKind() == SqlKind.CASE) {
            return choice(call);
        } else if (name.equals("IF") && call.getOperands().size() == 3) {
            return conditional(call.getOperands(), "IF");
        } else if (call.getKind() == SqlKind.SEARCH) {
            return of(RexUtil.expandSearch(new RexBuilder(rels.types()), null, call));
        } else if (HAND_ON.contains(name) && !call.getOperands().isEmpty()) {
            Derived value = of(call.getOperands().get(0));
            return name.equals("FINAL") || name.equals("RUNNING") || isThisRow(call)
                    ? value
                    : value.called(name + "(" + value.text() + ")");
        } else if (call.getKind() == SqlKind.CAST) {
            return cast(call);
        }
        List<Derived> values = all(call.getOperands());
        LineageKind kind =
                call.getOperator() instanceof SqlAggFunction ? LineageKind.AGGREGATION : LineageKind.TRANSFORMATION;
        return Derived.of(values, kind, RexText.call(call, values), RexText.isAtomic(call));
    }

    /** In a pattern, a plain {@code A.x} is parsed as {@code LAST(A.x, 0)} and in DEFINE as {@code PREV(A.x, 0)}. */
    private static boolean isThisRow(RexCall call) {
        return call.getOperands().size() == 2
                && call.getOperands().get(1) instanceof RexLiteral offset
                && "0".equals(String.valueOf(offset.getValue()))
                && !RexText.name(call.getOperator()).equals("FIRST");
    }

    private Derived cast(RexCall call) {
        RexNode operand = call.getOperands().get(0);
        Derived value = of(operand);
        boolean sameType = call.getType().getSqlTypeName() == operand.getType().getSqlTypeName()
                && call.getType().toString().equals(operand.getType().toString());
        return sameType
                ? value
                : value.after(
                        LineageKind.TRANSFORMATION,
                        "CAST(" + value.text() + " AS " + RexText.type(call.getType()) + ")");
    }

    private Derived choice(RexCall call) {
        List<RexNode> operands = call.getOperands();
        // SUM(x) OVER w is parsed as CASE WHEN COUNT(x) OVER w > 0 THEN $SUM0(x) OVER w ELSE NULL END.
        if (operands.size() == 3
                && operands.get(1) instanceof RexOver sum
                && sum.getAggOperator().getKind() == SqlKind.SUM0
                && RexLiteral.isNullLiteral(operands.get(2))) {
            return of(sum);
        }
        return conditional(operands, "CASE");
    }

    private Derived conditional(List<RexNode> operands, String name) {
        List<Derived> values = new ArrayList<>();
        StringBuilder text = new StringBuilder(name.equals("IF") ? "IF(" : "CASE");
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            Derived condition = of(operands.get(i));
            Derived value = findings.chosen(LineageKind.CONDITIONAL, condition, of(operands.get(i + 1)));
            values.add(value);
            text.append(
                    name.equals("IF")
                            ? condition.text() + ", " + value.text()
                            : " WHEN " + condition.text() + " THEN " + value.text());
        }
        Derived otherwise = of(operands.get(operands.size() - 1));
        values.add(otherwise);
        text.append(name.equals("IF") ? ", " + otherwise.text() + ")" : " ELSE " + otherwise.text() + " END");
        return Derived.of(values, LineageKind.TRANSFORMATION, text.toString(), true);
    }

    private Derived over(RexOver over) {
        List<Derived> values = all(over.getOperands());
        List<String> window = new ArrayList<>();
        List<Derived> keys = all(over.getWindow().partitionKeys);
        if (!keys.isEmpty()) {
            window.add("PARTITION BY " + RexText.texts(keys));
        }
        List<Derived> order =
                over.getWindow().orderKeys.stream().map(key -> of(key.left)).toList();
        if (!order.isEmpty()) {
            window.add("ORDER BY " + RexText.texts(order));
        }
        String name = RexText.name(over.getAggOperator());
        LineageKind kind = FROM_ONE_ROW.contains(name) ? LineageKind.TRANSFORMATION : LineageKind.AGGREGATION;
        String text = RexText.aggregate(name, over.isDistinct(), values) + " OVER (" + String.join(" ", window) + ")";
        Derived value = Derived.of(values, kind, text, true);
        for (Derived key : keys) {
            value = findings.chosen(LineageKind.WINDOW, key, value);
        }
        for (Derived key : order) {
            value = findings.chosen(LineageKind.WINDOW, key, value);
        }
        return value;
    }

    /** The rows of a sub-query are decided by what is in it; its value, if it has one, is its columns. */
    private Derived subQuery(RexSubQuery query) {
        List<Derived> operands = all(query.getOperands());
        List<Derived> columns = rels.of(query.rel, rels.enter(query.rel, row, scope));
        columns.forEach(findings::mention);
        switch (query.getKind()) {
            case SCALAR_QUERY -> {
                return columns.size() == 1
                        ? columns.get(0)
                        : Derived.of(columns, LineageKind.TRANSFORMATION, "(SELECT …)", true);
            }
            case EXISTS, UNIQUE -> {
                return Derived.constant(query.getKind() + " (SELECT …)");
            }
            default -> {
                List<Derived> values = new ArrayList<>(operands);
                values.addAll(columns);
                String text = RexText.subQuery(query, operands, columns);
                return Derived.of(values, LineageKind.TRANSFORMATION, text, operands.isEmpty());
            }
        }
    }
}
