package io.millrace.flink.gateway.analysis;

import io.millrace.api.sql.ObjectRef;
import io.millrace.flink.catalog.References;
import io.millrace.flink.gateway.lineage.TableRefs;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.functions.FunctionIdentifier;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.DeleteFromFilterOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables that an operation reads and writes and the user functions that it calls. Views are expanded by the
 * parser, so what is seen is the tables below them. Sets, in order of the full names.
 */
public final class Touched {
    private final Map<String, ObjectRef> reads = new TreeMap<>();
    private final Map<String, ObjectRef> writes = new TreeMap<>();
    private final TreeSet<String> functions = new TreeSet<>();
    private final TreeSet<String> temporaryFunctions = new TreeSet<>();
    private final Set<List<String>> kept = new HashSet<>();
    private final Set<Map<String, String>> ownOptions = new LinkedHashSet<>();

    private Touched() {}

    public static Touched by(Operation operation) {
        Touched touched = new Touched();
        touched.visit(operation);
        return touched;
    }

    public List<ObjectRef> reads() {
        return List.copyOf(reads.values());
    }

    public List<ObjectRef> writes() {
        return List.copyOf(writes.values());
    }

    /** Full names of user functions; functions of modules are not among them. */
    public List<String> functions() {
        return List.copyOf(functions);
    }

    /** A temporary table or function among what is read and called. */
    public Optional<String> firstTemporary() {
        return reads.entrySet().stream()
                .filter(table -> table.getValue().temporary())
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> temporaryFunctions.stream().findFirst());
    }

    /** The options of each table that is none of the metastore's, with those of hints. */
    public Set<Map<String, String>> ownOptions() {
        return Set.copyOf(ownOptions);
    }

    /** Catalog, database and name of the functions of catalogs that are called. */
    public Set<List<String>> functionPaths() {
        return Set.copyOf(kept);
    }

    private void visit(Operation operation) {
        if (operation instanceof PlannerQueryOperation query) {
            new RelReads(this).walk(query.getCalciteTree());
        } else if (operation instanceof DeleteFromFilterOperation delete) {
            writes(delete.getContextResolvedTable(), Map.of());
            delete.getFilters().forEach(this::calls);
        } else if (operation instanceof SinkModifyOperation sink) {
            writes(sink.getContextResolvedTable(), sink.getDynamicOptions());
            hints(sink.getDynamicOptions().keySet());
            visit(sink.getChild());
        } else if (operation instanceof CreateTableASOperation create) {
            ObjectIdentifier id = create.getCreateTableOperation().getTableIdentifier();
            writes.put(id.asSummaryString(), TableRefs.of(id, false));
            visit(create.getChild());
        } else if (operation instanceof StatementSetOperation set) {
            for (ModifyOperation member : set.getOperations()) {
                visit(member);
            }
        } else if (operation instanceof ExplainOperation explain) {
            visit(explain.getChild());
        }
    }

    void reads(ContextResolvedTable table) {
        if (!table.isAnonymous()) {
            reads.put(table.getIdentifier().asSummaryString(), TableRefs.of(table));
            options(table, Map.of());
        }
    }

    private void writes(ContextResolvedTable table, Map<String, String> hints) {
        writes.put(table.getIdentifier().asSummaryString(), TableRefs.of(table));
        options(table, hints);
    }

    /** A hint that swapped the connector or the reference would lead around everything that is decided about tables. */
    void hints(Set<String> keys) {
        if (keys.stream().anyMatch(References::isOurs)) {
            throw new GatewayException(Code.SQL_REFUSED, "'connector' and 'ref' cannot be given as hints.");
        }
    }

    private void options(ContextResolvedTable table, Map<String, String> hints) {
        Map<String, String> options = new TreeMap<>(table.getTable().getOptions());
        if (References.refOf(options).isEmpty()) {
            options.putAll(hints);
            ownOptions.add(options);
        }
    }

    private void calls(ResolvedExpression expression) {
        if (expression instanceof CallExpression call) {
            call.getFunctionIdentifier()
                    .flatMap(FunctionIdentifier::getIdentifier)
                    .map(FunctionIdentifier::normalizeObjectIdentifier)
                    .ifPresent(id -> calls(id, call.isTemporary()));
        }
        expression.getResolvedChildren().forEach(this::calls);
    }

    void calls(ObjectIdentifier function, boolean temporary) {
        functions.add(function.asSummaryString());
        if (temporary) {
            temporaryFunctions.add(function.asSummaryString());
        } else {
            kept.add(function.toList());
        }
    }

    void callsTemporary(String function) {
        functions.add(function);
        temporaryFunctions.add(function);
    }
}
