package io.millrace.flink.gateway.session;

import static java.util.Objects.requireNonNull;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ContextResolvedFunction;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionIdentifier;
import org.apache.flink.table.functions.FunctionKind;
import org.apache.flink.table.functions.FunctionRequirement;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.planner.plan.utils.PartitionPruner;
import org.apache.flink.table.types.inference.TypeInference;

import java.util.Set;

/**
 * A function that jobs call and the planner does not: with constant arguments it stays in the plan. The gateway plans
 * for everybody, so what a statement says must not decide what its process does.
 *
 * @param name what users call it
 * @param function of kind SCALAR or ASYNC_SCALAR, the only ones that Flink's planner calls
 */
record JobFunction(String name, UserDefinedFunction function) implements SpecializedFunction {
    /** Decides over the partitions of a table by calling what filters them, and asks nothing before. */
    private static final String PRUNER = PartitionPruner.class.getName();

    JobFunction {
        requireNonNull(name, "name");
        requireNonNull(function, "function");
    }

    /** Whether it is one of a catalog's or a session's that a planner would call; those of modules are Flink's and ours. */
    static boolean isPlanned(ContextResolvedFunction function) {
        FunctionKind kind = function.getDefinition().getKind();
        return (kind == FunctionKind.SCALAR || kind == FunctionKind.ASYNC_SCALAR)
                && function.getDefinition() instanceof UserDefinedFunction
                && (function.isTemporary()
                        || function.getIdentifier()
                                .flatMap(FunctionIdentifier::getIdentifier)
                                .isPresent());
    }

    /** The same, wrapped. */
    static ContextResolvedFunction of(ContextResolvedFunction resolved) {
        var definition = new JobFunction(resolved.asSummaryString(), (UserDefinedFunction) resolved.getDefinition());
        var id = resolved.getIdentifier().orElseThrow(); // what a statement calls has a name
        return resolved.isTemporary()
                ? ContextResolvedFunction.temporary(id, definition, resolved.getCatalogFunction())
                : ContextResolvedFunction.permanent(id, definition, resolved.getCatalogFunction());
    }

    @Override
    public boolean supportsConstantFolding() {
        return false;
    }

    /** What the code of an operator calls. */
    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        if (StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(PRUNER)))) {
            throw new ValidationException("Function '" + name + "' alone would decide which partitions are read, and"
                    + " functions are called in jobs only, not while a statement is planned. Compare the partition"
                    + " column itself, or call the function on a column that is no partition column.");
        }
        return function instanceof SpecializedFunction special ? special.specialize(context) : function;
    }

    @Override
    public FunctionKind getKind() {
        return function.getKind();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return function.getTypeInference(types);
    }

    @Override
    public Set<FunctionRequirement> getRequirements() {
        return function.getRequirements();
    }

    @Override
    public boolean isDeterministic() {
        return function.isDeterministic();
    }
}
