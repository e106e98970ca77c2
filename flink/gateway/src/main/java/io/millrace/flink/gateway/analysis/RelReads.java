package io.millrace.flink.gateway.analysis;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.table.catalog.ContextResolvedFunction;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.functions.FunctionIdentifier;
import org.apache.flink.table.planner.functions.bridging.BridgingSqlAggFunction;
import org.apache.flink.table.planner.functions.bridging.BridgingSqlFunction;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/**
 * Walks a query's tree as the parser made it, before optimisation: every node, every expression in it, and every
 * sub-query in those, which are not expanded at this point.
 */
final class RelReads {
    private final Touched touched;
    private final RexShuttle expressions = new Expressions();

    RelReads(Touched touched) {
        this.touched = touched;
    }

    void walk(RelNode node) {
        if (node instanceof TableScan scan) {
            TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
            if (table != null) {
                ContextResolvedTable resolved = table.contextResolvedTable();
                touched.reads(resolved);
            }
        } else if (node instanceof Aggregate aggregate) {
            aggregate.getAggCallList().forEach(this::aggregate);
        }
        RelNode unused = node.accept(expressions);
        node.getInputs().forEach(this::walk);
    }

    private void aggregate(AggregateCall call) {
        function(call.getAggregation());
    }

    private void function(Object operator) {
        if (operator instanceof BridgingSqlFunction function) {
            function(function.getResolvedFunction());
        } else if (operator instanceof BridgingSqlAggFunction function) {
            function(function.getResolvedFunction());
        }
    }

    private void function(ContextResolvedFunction function) {
        function.getIdentifier()
                .flatMap(id -> id.getIdentifier())
                .map(FunctionIdentifier::normalizeObjectIdentifier) // names of functions have no case
                .ifPresent(id -> touched.calls(id, function.isTemporary()));
        function.getIdentifier()
                .filter(id -> id.getIdentifier().isEmpty() && function.isTemporary())
                .ifPresent(id -> touched.callsTemporary(id.asSummaryString()));
    }

    private final class Expressions extends RexShuttle {
        @Override
        public RexNode visitCall(RexCall call) {
            function(call.getOperator());
            return super.visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            walk(query.rel);
            return super.visitSubQuery(query);
        }
    }
}
