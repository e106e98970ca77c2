package io.millrace.flink.gateway.analysis;

import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.table.catalog.ContextResolvedFunction;
import org.apache.flink.table.functions.FunctionIdentifier;
import org.apache.flink.table.planner.functions.bridging.BridgingSqlAggFunction;
import org.apache.flink.table.planner.functions.bridging.BridgingSqlFunction;
import org.apache.flink.table.planner.plan.nodes.calcite.WatermarkAssigner;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

import java.util.List;

/**
 * Walks a query's tree as the parser made it, before optimisation: every node, every expression in it, and every
 * sub-query in those, which are not expanded at this point.
 */
final class RelReads {
    /** Nodes whose every expression {@link RelNode#accept(RexShuttle)} shows, or that have none. */
    private static final List<Class<? extends RelNode>> KNOWN = List.of(
            Project.class,
            Filter.class,
            Join.class,
            Correlate.class,
            SetOp.class,
            Sort.class,
            Values.class,
            Snapshot.class,
            Uncollect.class,
            TableFunctionScan.class,
            Collect.class,
            TableModify.class); // of DELETE and UPDATE; what it sets comes from its input

    private final Touched touched;
    private final RexShuttle expressions = new Expressions();

    RelReads(Touched touched) {
        this.touched = touched;
    }

    void walk(RelNode node) {
        if (node instanceof TableScan scan) {
            TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
            if (table == null) {
                throw unknown(node);
            }
            touched.reads(table.contextResolvedTable());
            scan.getHints().forEach(hint -> touched.hints(hint.kvOptions.keySet()));
        } else if (node instanceof Aggregate aggregate) {
            aggregate.getAggCallList().forEach(this::aggregate);
        } else if (node instanceof WatermarkAssigner watermark) {
            expressions.apply(watermark.watermarkExpr());
        } else if (node instanceof Match match) {
            match.getMeasures().values().forEach(expressions::apply);
            match.getPatternDefinitions().values().forEach(expressions::apply);
        } else if (KNOWN.stream().noneMatch(kind -> kind.isInstance(node))) {
            throw unknown(node);
        }
        RelNode unused = node.accept(expressions);
        node.getInputs().forEach(this::walk);
    }

    /** What is not known may read what nobody sees. */
    private static GatewayException unknown(RelNode node) {
        return new GatewayException(
                Code.SQL_REFUSED, "What this query reads cannot be told: it has a " + node.getRelTypeName() + ".");
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
        public RexNode visitOver(RexOver over) {
            function(over.getAggOperator());
            return super.visitOver(over);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            walk(query.rel);
            return super.visitSubQuery(query);
        }
    }
}
