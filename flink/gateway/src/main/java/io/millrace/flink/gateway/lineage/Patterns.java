package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MATCH_RECOGNIZE: keys are handed on, measures are computed, definitions decide which rows match. */
final class Patterns {
    private final RelLineage rels;
    private final Findings findings;

    Patterns(RelLineage rels, Findings findings) {
        this.rels = rels;
        this.findings = findings;
    }

    List<Derived> match(Match match, List<Derived> row, Scope scope) {
        RexLineage expressions = rels.over(row, scope);
        List<String> names = match.getInput().getRowType().getFieldNames();
        match.getPartitionKeys().forEach(key -> findings.indirect(LineageKind.WINDOW, row.get(key)));
        List<Derived> order = match.getOrderKeys().getFieldCollations().stream()
                .map(RelFieldCollation::getFieldIndex)
                .map(row::get)
                .toList();
        order.forEach(key -> findings.indirect(LineageKind.WINDOW, key));
        match.getPatternDefinitions().values().forEach(each -> expressions.decides(LineageKind.FILTER, each));
        List<Derived> columns = new ArrayList<>();
        for (String field : match.getRowType().getFieldNames()) {
            RexNode measure = match.getMeasures().get(field);
            int key = names.indexOf(field);
            if (measure != null) {
                columns.add(measure(expressions, measure, order));
            } else if (key >= 0) {
                columns.add(row.get(key));
            }
        }
        return columns;
    }

    private static Derived measure(RexLineage expressions, RexNode measure, List<Derived> order) {
        Optional<String> time =
                function(measure).filter(name -> name.equals("MATCH_ROWTIME") || name.equals("MATCH_PROCTIME"));
        return time.map(name -> Derived.of(order, LineageKind.TRANSFORMATION, name + "()", true))
                .orElseGet(() -> expressions.of(measure));
    }

    private static Optional<String> function(RexNode measure) {
        RexNode inner = measure;
        while (inner instanceof RexCall call) {
            String name = RexText.name(call.getOperator());
            if (!name.equals("FINAL") && !name.equals("RUNNING")) {
                return Optional.of(name);
            }
            inner = call.getOperands().get(0);
        }
        return Optional.empty();
    }
}
