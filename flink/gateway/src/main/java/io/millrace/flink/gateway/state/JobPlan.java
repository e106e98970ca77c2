package io.millrace.flink.gateway.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Json;
import io.millrace.api.gateway.StateOperator;
import io.millrace.api.gateway.StatePlan;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions.UidGeneration;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.delegation.InternalPlan;
import org.apache.flink.table.delegation.Planner;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.planner.calcite.FlinkContext;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.plan.ExecNodeGraphInternalPlan;
import org.apache.flink.table.planner.plan.nodes.exec.ExecEdge;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNode;
import org.apache.flink.table.planner.plan.nodes.exec.ExecNodeBase;
import org.apache.flink.table.planner.plan.nodes.exec.common.CommonExecSink;
import org.apache.flink.table.planner.plan.nodes.exec.common.CommonExecTableSourceScan;
import org.apache.flink.table.planner.plan.nodes.exec.spec.DynamicTableSinkSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The plan of all INSERT statements of a streaming job, in which each operator that keeps state has an id that is made
 * of what it keeps. The next version of the job, planned from another script, then takes over what it can.
 *
 * <p>Flink makes ids of the whole topology, where any change moves all of them, unless a plan was compiled. Here it is
 * compiled and, without the detour of writing and reading it, run.
 */
public final class JobPlan {
    private static final Logger LOG = LoggerFactory.getLogger(JobPlan.class);
    private static final String AUTO_COMMIT = "properties.enable.auto.commit";
    private static final int MOST_OPERATORS = 500;

    private final TableEnvironmentInternal environment;
    private final List<ModifyOperation> sinks;
    private final InternalPlan plan;
    private final StatePlan state;

    private JobPlan(
            TableEnvironmentInternal environment, List<ModifyOperation> sinks, InternalPlan plan, StatePlan state) {
        this.environment = environment;
        this.sinks = List.copyOf(sinks);
        this.plan = plan;
        this.state = state;
    }

    /** Plans the statements; fails as Flink does. */
    public static JobPlan of(TableEnvironmentInternal environment, List<ModifyOperation> sinks) {
        TableConfig config = environment.getConfig();
        config.set(
                TableConfigOptions.PLAN_COMPILE_CATALOG_OBJECTS, TableConfigOptions.CatalogPlanCompilation.IDENTIFIER);
        InternalPlan plan = ((TableEnvironmentImpl) environment).getPlanner().compilePlan(sinks);
        return new JobPlan(environment, sinks, plan, describe(plan, config));
    }

    /** What a batch job keeps: nothing. */
    public static StatePlan nothing() {
        return new StatePlan(EnvironmentInformation.getVersion(), "", List.of(), List.of());
    }

    /** Whether a job of these options runs as a batch. */
    public static boolean isBatch(TableEnvironmentInternal environment) {
        return environment.getConfig().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
    }

    public StatePlan state() {
        return state;
    }

    /** Submits it; a plan that could not be described runs as Flink would run it, with ids of the whole topology. */
    public TableResultInternal execute() {
        return state.digest().isEmpty() ? environment.executeInternal(sinks) : environment.executePlan(plan);
    }

    /**
     * Makes every sink of it discard what it gets.
     *
     * @param unread operators that it does not have, and whose state it nevertheless takes, without looking at it
     * @throws TableException when that would change the ids of what keeps state
     */
    public JobPlan discarding(Map<String, Integer> unread) {
        if (state.digest().isEmpty()) {
            throw new TableException("This plan cannot be tried without its sinks, for the ids of its operators depend"
                    + " on them. " + String.join(" ", state.gaps()));
        }
        Planner planner = ((TableEnvironmentImpl) environment).getPlanner();
        FlinkContext context = ((PlannerBase) planner).getFlinkContext();
        Map<String, Integer> left = unread;
        for (ExecNode<?> root :
                ((ExecNodeGraphInternalPlan) plan).getExecNodeGraph().getRootNodes()) {
            readsOnly(root);
            DynamicTableSinkSpec sink = ((CommonExecSink) root).getTableSinkSpec();
            sink.setTableSink(new DiscardedTable(sink.getTableSink(context), left));
            left = Map.of();
        }
        return this;
    }

    /** Reading is harmless, but for a Kafka client that was told to commit by itself. */
    private static void readsOnly(ExecNode<?> node) {
        if (node instanceof CommonExecTableSourceScan) {
            ContextResolvedTable table = Tables.resolved(node);
            if ("true".equalsIgnoreCase(table.getTable().getOptions().get(AUTO_COMMIT))) {
                throw new TableException("This plan cannot be tried, for reading table "
                        + table.getIdentifier().asSummaryString() + " has an effect: '" + AUTO_COMMIT + "' is true.");
            }
        }
        node.getInputEdges().forEach(edge -> readsOnly(edge.getSource()));
    }

    /** The ids of all operators that have one of their own, with what each can be scaled to; 0 for anything. */
    @SuppressWarnings("deprecation") // Flink has nothing else that tells the ids that an operator of a sink has
    public Map<String, Integer> operatorIds() {
        Planner planner = ((TableEnvironmentImpl) environment).getPlanner();
        StreamGraph graph = ((PlannerBase) planner).getExecEnv().generateStreamGraph(planner.translatePlan(plan));
        return graph.getStreamNodes().stream()
                .filter(node -> node.getTransformationUID() != null)
                .collect(Collectors.toUnmodifiableMap(
                        StreamNode::getTransformationUID,
                        node -> Math.max(0, node.getMaxParallelism()),
                        (one, other) -> one));
    }

    private static StatePlan describe(InternalPlan plan, TableConfig config) {
        String engine = EnvironmentInformation.getVersion();
        if (config.get(ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION) == UidGeneration.DISABLED) {
            String key = ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION.key();
            return new StatePlan(engine, "", List.of(), List.of("'" + key + "' leaves the ids to Flink."));
        }
        List<ExecNode<?>> roots =
                ((ExecNodeGraphInternalPlan) plan).getExecNodeGraph().getRootNodes();
        List<PlanNode> nodes;
        try {
            nodes = read(roots, plan.asJsonString());
        } catch (RuntimeException e) {
            LOG.info("a plan cannot be written down, so nothing is known of its state", e);
            return new StatePlan(engine, "", List.of(), List.of("Flink cannot write this plan down: " + last(e)));
        }
        StateOperators operators = new StateOperators(
                nodes,
                config.get(ExecutionConfigOptions.TABLE_EXEC_ASYNC_STATE_ENABLED),
                config.get(ExecutionConfigOptions.IDLE_STATE_RETENTION));
        List<String> gaps = new ArrayList<>();
        operators.found().forEach((node, operator) -> {
            if (!name(node.exec(), operator.id())) {
                gaps.add("The operator " + operator.text() + " takes no id.");
            }
        });
        List<StateOperator> found = List.copyOf(operators.found().values());
        if (found.size() > MOST_OPERATORS) {
            gaps.add("Only " + MOST_OPERATORS + " of " + found.size() + " operators with state are described.");
            found = found.subList(0, MOST_OPERATORS);
        }
        List<String> exact = new ArrayList<>();
        nodes.forEach(node -> exact.add(node.exact()));
        return new StatePlan(engine, Digest.of(exact), found, gaps);
    }

    /** Sets how Flink names the node's parts; a node's own options come before those of the job. */
    private static boolean name(ExecNode<?> node, String id) {
        if (node instanceof ExecNodeBase<?> base && base.getPersistedConfig() instanceof Configuration options) {
            options.set(ExecutionConfigOptions.TABLE_EXEC_UID_FORMAT, id + "_<transformation>");
            options.set(ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION, UidGeneration.ALWAYS);
            return true;
        }
        return false;
    }

    private static String last(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    }

    /** Upstream first, each once. */
    private static List<PlanNode> read(List<ExecNode<?>> roots, String json) {
        Map<Integer, ObjectNode> written = new HashMap<>();
        try {
            for (JsonNode node : Json.lenient().readTree(json).path("nodes")) {
                written.put(node.path("id").asInt(), (ObjectNode) node);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Flink's plan is no JSON", e);
        }
        Map<ExecNode<?>, PlanNode> done = new HashMap<>();
        List<PlanNode> nodes = new ArrayList<>();
        roots.forEach(root -> read(root, written, done, nodes));
        return nodes;
    }

    private static PlanNode read(
            ExecNode<?> node, Map<Integer, ObjectNode> written, Map<ExecNode<?>, PlanNode> done, List<PlanNode> nodes) {
        PlanNode before = done.get(node);
        if (before != null) {
            return before;
        }
        List<PlanNode> inputs = new ArrayList<>();
        for (ExecEdge edge : node.getInputEdges()) {
            inputs.add(read(edge.getSource(), written, done, nodes));
        }
        ObjectNode json = Optional.ofNullable(written.get(node.getId()))
                .orElseThrow(() -> new IllegalStateException("node " + node.getDescription() + " is not written"));
        PlanNode read = new PlanNode(node, json, inputs);
        done.put(node, read);
        nodes.add(read);
        return read;
    }
}
