package io.millrace.flink.gateway.state;

import io.millrace.flink.catalog.References;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNode;
import org.apache.flink.table.planner.plan.nodes.exec.common.CommonExecSink;
import org.apache.flink.table.planner.plan.nodes.exec.common.CommonExecTableSourceScan;

import java.util.Map;
import java.util.Optional;

/**
 * The table of a source or sink.
 *
 * @param identity the same as long as it is the same table, whatever it is called and however it is changed
 * @param text its name, and its version where it has one
 */
record Tables(String identity, String text) {
    /** Of a node that reads or writes one. */
    static Tables of(ExecNode<?> node) {
        return of(resolved(node));
    }

    /** The table itself. */
    static ContextResolvedTable resolved(ExecNode<?> node) {
        if (node instanceof CommonExecTableSourceScan scan) {
            return scan.getTableSourceSpec().getContextResolvedTable();
        }
        return ((CommonExecSink) node).getTableSinkSpec().getContextResolvedTable();
    }

    private static Tables of(ContextResolvedTable table) {
        String name = table.getIdentifier().asSummaryString();
        Map<String, String> options = table.getTable().getOptions();
        Optional<String> ref = References.refOf(options);
        if (ref.isEmpty()) {
            String connector = String.valueOf(options.get(References.CONNECTOR));
            return new Tables(Digest.of("own", name, connector), name + " (" + connector + ")");
        }
        int at = ref.get().lastIndexOf('@');
        String id = at < 0 ? ref.get() : ref.get().substring(0, at);
        String version = at < 0 ? "" : ", version " + ref.get().substring(at + 1);
        return new Tables(Digest.of("kept", id), name + version);
    }
}
