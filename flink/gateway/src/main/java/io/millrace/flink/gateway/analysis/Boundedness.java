package io.millrace.flink.gateway.analysis;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;

/** Says whether a query ends by itself: whether everything that it reads is bounded. */
public final class Boundedness {
    private boolean bounded = true;

    private Boundedness() {}

    /** False also for what is no query and for sources of which it cannot be told. */
    public static boolean ends(Operation operation) {
        if (!(operation instanceof PlannerQueryOperation query)) {
            return false;
        }
        Boundedness found = new Boundedness();
        found.walk(query.getCalciteTree());
        return found.bounded;
    }

    private void walk(RelNode node) {
        boolean source = node.getInputs().isEmpty() && !(node instanceof Values);
        if (source && !(node instanceof TableScan scan && isBounded(scan))) {
            bounded = false;
        }
        if (bounded) {
            RelNode unused = node.accept(new RexShuttle() {
                @Override
                public RexNode visitSubQuery(RexSubQuery query) {
                    walk(query.rel);
                    return super.visitSubQuery(query);
                }
            });
            node.getInputs().forEach(this::walk);
        }
    }

    private static boolean isBounded(TableScan scan) {
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        return table != null
                && table.tableSource() instanceof ScanTableSource source
                && source.getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE)
                        .isBounded();
    }
}
