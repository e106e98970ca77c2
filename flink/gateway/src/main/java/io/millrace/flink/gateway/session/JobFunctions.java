package io.millrace.flink.gateway.session;

import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.planner.calcite.CalciteConfig;
import org.apache.flink.table.planner.calcite.CalciteConfigBuilder;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.functions.bridging.BridgingSqlFunction;

import java.util.ArrayList;
import java.util.List;

/** All operators that statements can use, with the functions of catalogs and sessions as {@link JobFunction}s. */
final class JobFunctions implements SqlOperatorTable {
    private final SqlOperatorTable operators;

    private JobFunctions(SqlOperatorTable operators) {
        this.operators = operators;
    }

    /** Lets the planner of an environment call none of these functions, whatever statements say. */
    static TableEnvironmentInternal inJobsOnly(TableEnvironmentInternal environment) {
        PlannerBase planner = (PlannerBase) ((TableEnvironmentImpl) environment).getPlanner();
        SqlOperatorTable flinks =
                planner.plannerContext().createFrameworkConfig().getOperatorTable();
        CalciteConfig config = new CalciteConfigBuilder()
                .replaceSqlOperatorTable(new JobFunctions(flinks))
                .build();
        environment.getConfig().setPlannerConfig(config);
        return environment;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        List<SqlOperator> all = new ArrayList<>();
        operators.lookupOperatorOverloads(name, category, syntax, all, matcher);
        all.forEach(operator -> found.add(inJobsOnly(operator)));
    }

    private static SqlOperator inJobsOnly(SqlOperator operator) {
        return operator instanceof BridgingSqlFunction function && JobFunction.isPlanned(function.getResolvedFunction())
                ? BridgingSqlFunction.of(
                        function.getDataTypeFactory(),
                        function.getTypeFactory(),
                        function.getRexFactory(),
                        function.getKind(),
                        JobFunction.of(function.getResolvedFunction()),
                        function.getTypeInference())
                : operator;
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators.getOperatorList();
    }
}
