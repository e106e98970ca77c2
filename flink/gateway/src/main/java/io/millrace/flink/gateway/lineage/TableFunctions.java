package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.flink.table.planner.calcite.RexTableArgCall;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Nodes that make rows out of values or tables: UNNEST, table functions, windows. */
final class TableFunctions {
    private static final Pattern WINDOW = Pattern.compile("(TUMBLE|HOP|CUMULATE|SESSION)\\(.*", Pattern.DOTALL);

    private final RelLineage rels;
    private final Findings findings;

    TableFunctions(RelLineage rels, Findings findings) {
        this.rels = rels;
        this.findings = findings;
    }

    /** Whether a grouping key is a window: a bound of one, or TUMBLE(ts, …) itself in the old kind. */
    static boolean isWindow(Derived key) {
        return WINDOW.matcher(key.text()).matches();
    }

    List<Derived> uncollect(Uncollect uncollect, List<Derived> collections) {
        List<Derived> columns = new ArrayList<>();
        List<RelDataTypeField> fields = uncollect.getInput().getRowType().getFieldList();
        for (int i = 0; i < fields.size(); i++) {
            Derived collection = collections.get(i);
            findings.mention(collection);
            String text = "UNNEST(" + collection.text() + ")";
            for (String name : elements(fields.get(i).getType())) {
                columns.add(collection.after(LineageKind.TRANSFORMATION, name.isEmpty() ? text : text + "." + name));
            }
        }
        if (uncollect.withOrdinality) {
            columns.add(Derived.of(collections, LineageKind.TRANSFORMATION, "ORDINALITY", true));
        }
        return columns;
    }

    private static List<String> elements(RelDataType collection) {
        if (collection.getKeyType() != null) {
            return List.of("key", "value");
        }
        RelDataType component = collection.getComponentType();
        return component == null ? List.of("") : RexText.fields(component);
    }

    List<Derived> scan(TableFunctionScan scan, Scope scope) {
        if (!(scan.getCall() instanceof RexCall call)) {
            return rels.unknown(scan, scan.getRelTypeName(), scope);
        }
        if (call.getOperator() instanceof SqlWindowTableFunction
                && scan.getInputs().size() == 1) {
            return window(scan, call, scope);
        }
        String name = RexText.name(call.getOperator());
        if (!scan.getInputs().isEmpty()) {
            return rels.unknown(scan, "Table function " + name, scope);
        }
        RexLineage row = rels.over(List.of(), scope);
        List<Derived> arguments = call.getOperands().stream().map(row::of).toList();
        String text = name + "(" + RexText.texts(arguments) + ")";
        return scan.getRowType().getFieldNames().stream()
                .map(field -> Derived.of(arguments, LineageKind.TRANSFORMATION, text + "." + field, true))
                .toList();
    }

    /** The columns of the table, and the window that each row is put into, made of its time. */
    private List<Derived> window(TableFunctionScan scan, RexCall call, Scope scope) {
        List<Derived> table = quietly(scan, scope);
        List<String> names = scan.getInput(0).getRowType().getFieldNames();
        List<Derived> times = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (operand instanceof RexTableArgCall argument) {
                for (int key : argument.getPartitionKeys()) {
                    findings.indirect(LineageKind.WINDOW, table.get(key));
                }
            } else if (operand.getKind() == SqlKind.DESCRIPTOR && operand instanceof RexCall descriptor) {
                for (RexNode column : descriptor.getOperands()) {
                    int index = names.indexOf(RexLiteral.stringValue(column));
                    if (index >= 0) {
                        times.add(table.get(index));
                    }
                }
            }
        }
        times.forEach(time -> findings.indirect(LineageKind.WINDOW, time));
        List<Derived> columns = new ArrayList<>(table);
        List<String> all = scan.getRowType().getFieldNames();
        for (String field : all.subList(table.size(), all.size())) {
            String text = RexText.name(call.getOperator()) + "(" + RexText.texts(times) + ")." + field;
            columns.add(Derived.of(times, LineageKind.TRANSFORMATION, text, true));
        }
        return columns;
    }

    /** {@code TABLE t} is parsed as a projection of all columns, which mentions none. */
    private List<Derived> quietly(TableFunctionScan scan, Scope scope) {
        RelNode input = scan.getInput(0);
        if (input instanceof Project project
                && RexUtil.isIdentity(project.getProjects(), project.getInput().getRowType())) {
            return rels.of(project.getInput(), scope);
        }
        return rels.of(input, scope);
    }
}
