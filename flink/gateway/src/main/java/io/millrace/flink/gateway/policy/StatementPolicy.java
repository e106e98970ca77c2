package io.millrace.flink.gateway.policy;

import static io.millrace.api.sql.StatementClass.CATALOG;
import static io.millrace.api.sql.StatementClass.INFO;
import static io.millrace.api.sql.StatementClass.QUERY;
import static io.millrace.api.sql.StatementClass.SETTING;
import static io.millrace.api.sql.StatementClass.SINK;
import static io.millrace.api.sql.StatementClass.TEMPORARY;

import io.millrace.api.sql.StatementClass;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.ddl.CreateCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.operations.ddl.DropCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.DropTableOperation;
import org.apache.flink.table.operations.ddl.DropViewOperation;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which of Flink's operations, and of our own, run, by simple class name; what is not listed is refused. A test compares the table
 * with the operation classes of the pinned Flink version, and the page {@code docs/reference/sql-support.md} is
 * checked against it.
 */
public final class StatementPolicy {
    private static final String JOBS = "Jobs are handled by `millrace job`, which knows who wants what and why.";
    private static final String PLANS =
            "Compiled plans show the options of every table and name files on the gateway's host.";
    private static final String CATALOGS = "The catalogs are those of the Millrace server.";
    private static final String MODULES = "The functions that ship with Millrace are loaded in every session.";
    private static final String JARS = "Code comes to Flink by its class path only.";
    private static final String MATERIALIZED =
            "Materialized tables start jobs of their own; write a job with an INSERT statement instead.";
    private static final String MODELS = "Models are not supported yet.";
    private static final String INNER = "This is an operation of Flink's Table API and no SQL statement.";
    private static final String SHELL = "This is a command of the shell and no SQL statement.";
    private static final String UNKNOWN = "Millrace does not know this kind of statement.";

    private static final Map<String, Rule> RULES = rules();

    /** What is decided about procedures, whatever they are. */
    public static final Rule CALL = Objects.requireNonNull(RULES.get("PlannerCallProcedureOperation"));

    private StatementPolicy() {}

    /** The whole table, by simple name of the operation class. */
    public static Map<String, Rule> rulesByOperation() {
        return RULES;
    }

    /** What is decided about this operation. Its parts, such as the child of EXPLAIN, are not looked at. */
    public static Rule of(Operation operation) {
        Rule rule = RULES.get(operation.getClass().getSimpleName());
        if (rule == null) {
            return Rule.refused("UNKNOWN", UNKNOWN);
        }
        if (rule.refusal() == null && isTemporary(operation)) {
            return Rule.runs(rule.kind(), TEMPORARY);
        }
        return operation instanceof SinkModifyOperation sink ? Rule.runs(verb(sink), SINK) : rule;
    }

    private static String verb(SinkModifyOperation sink) {
        return sink.isDelete() ? "DELETE" : sink.isUpdate() ? "UPDATE" : "INSERT";
    }

    private static boolean isTemporary(Operation operation) {
        return (operation instanceof CreateTableOperation table && table.isTemporary())
                || (operation instanceof CreateViewOperation view && view.isTemporary())
                || (operation instanceof CreateCatalogFunctionOperation function && function.isTemporary())
                || (operation instanceof DropTableOperation table && table.isTemporary())
                || (operation instanceof DropViewOperation view && view.isTemporary())
                || (operation instanceof DropCatalogFunctionOperation function && function.isTemporary());
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new TreeMap<>();
        run(rules, "SELECT", QUERY, "PlannerQueryOperation");
        run(rules, "INSERT", SINK, "SinkModifyOperation");
        run(rules, "DELETE", SINK, "DeleteFromFilterOperation");
        run(rules, "STATEMENT_SET", SINK, "StatementSetOperation");
        run(rules, "CREATE_TABLE_AS", SINK, "CreateTableASOperation");
        run(rules, "EXPLAIN", INFO, "ExplainOperation");
        run(rules, "SET", SETTING, "SetOperation");
        run(rules, "RESET", SETTING, "ResetOperation");
        run(rules, "USE", SETTING, "UseCatalogOperation", "UseDatabaseOperation");
        run(rules, "CREATE_TABLE", CATALOG, "CreateTableOperation");
        run(rules, "ALTER_TABLE", CATALOG, "AlterTableChangeOperation", "AlterTableRenameOperation");
        run(rules, "ALTER_TABLE", CATALOG, "NopOperation"); // IF EXISTS, and there is none
        run(rules, "DROP_TABLE", CATALOG, "DropTableOperation");
        run(rules, "CREATE_VIEW", CATALOG, "CreateViewOperation");
        run(rules, "ALTER_VIEW", CATALOG, "AlterViewAsOperation", "AlterViewRenameOperation");
        run(rules, "DROP_VIEW", CATALOG, "DropViewOperation");
        run(rules, "CREATE_DATABASE", CATALOG, "CreateDatabaseOperation");
        run(rules, "DROP_DATABASE", CATALOG, "DropDatabaseOperation");
        run(rules, "CREATE_FUNCTION", CATALOG, "CreateCatalogFunctionOperation");
        run(rules, "ALTER_FUNCTION", CATALOG, "AlterCatalogFunctionOperation");
        run(rules, "DROP_FUNCTION", CATALOG, "DropCatalogFunctionOperation");
        run(rules, "CREATE_FUNCTION", TEMPORARY, "CreateTempSystemFunctionOperation");
        run(rules, "DROP_FUNCTION", TEMPORARY, "DropTempSystemFunctionOperation");
        run(rules, "GRANT", CATALOG, "GrantOperation");
        run(rules, "DENY", CATALOG, "DenyOperation");
        run(rules, "REVOKE", CATALOG, "RevokeOperation");
        information(rules);
        refusals(rules);
        return Map.copyOf(rules);
    }

    private static void information(Map<String, Rule> rules) {
        run(rules, "SHOW_CATALOGS", INFO, "ShowCatalogsOperation", "ShowCurrentCatalogOperation");
        run(rules, "SHOW_DATABASES", INFO, "ShowDatabasesOperation", "ShowCurrentDatabaseOperation");
        run(rules, "SHOW_TABLES", INFO, "ShowTablesOperation", "ShowViewsOperation");
        run(rules, "SHOW_CREATE", INFO, "ShowCreateTableOperation", "ShowCreateViewOperation");
        run(rules, "SHOW_COLUMNS", INFO, "ShowColumnsOperation");
        run(rules, "SHOW_FUNCTIONS", INFO, "ShowFunctionsOperation");
        run(rules, "SHOW_GRANTS", INFO, "ShowGrantsOperation");
        run(rules, "SHOW_MODULES", INFO, "ShowModulesOperation");
        run(rules, "DESCRIBE", INFO, "DescribeTableOperation", "DescribeFunctionOperation");
    }

    private static void refusals(Map<String, Rule> rules) {
        refuse(rules, "STATEMENT_SET", "BEGIN STATEMENT SET and END are sent together, as one statement.", """
                BeginStatementSetOperation EndStatementSetOperation""");
        refuse(rules, "CREATE_CATALOG", CATALOGS, """
                CreateCatalogOperation AlterCatalogOptionsOperation AlterCatalogResetOperation
                AlterCatalogCommentOperation DropCatalogOperation""");
        refuse(rules, "SHOW_CREATE_CATALOG", CATALOGS, "ShowCreateCatalogOperation DescribeCatalogOperation");
        refuse(rules, "LOAD_MODULE", MODULES, "LoadModuleOperation UnloadModuleOperation UseModulesOperation");
        refuse(rules, "ADD_JAR", JARS, "AddJarOperation RemoveJarOperation ShowJarsOperation");
        refuse(rules, "COMPILE_PLAN", PLANS, """
                CompilePlanOperation CompileAndExecutePlanOperation ExecutePlanOperation""");
        refuse(rules, "CALL", "Procedures act outside of every check.", """
                PlannerCallProcedureOperation ShowProceduresOperation""");
        refuse(rules, "SHOW_JOBS", JOBS, "ShowJobsOperation StopJobOperation DescribeJobOperation");
        refuse(rules, "MATERIALIZED_TABLE", MATERIALIZED, """
                CreateMaterializedTableOperation FullAlterMaterializedTableOperation
                AlterMaterializedTableAsQueryOperation AlterMaterializedTableChangeOperation
                AlterMaterializedTableRefreshOperation AlterMaterializedTableResumeOperation
                AlterMaterializedTableSuspendOperation DropMaterializedTableOperation
                ShowMaterializedTablesOperation ShowCreateMaterializedTableOperation""");
        refuse(rules, "MODEL", MODELS, """
                CreateModelOperation AlterModelChangeOperation AlterModelRenameOperation DropModelOperation
                DescribeModelOperation ShowModelsOperation ShowCreateModelOperation""");
        alterations(rules);
        refuse(rules, "CLIENT_COMMAND", SHELL, "QuitOperation HelpOperation ClearOperation");
        refuse(rules, "TABLE_API", INNER, """
                StagedSinkModifyOperation UnregisteredSinkModifyOperation ExternalModifyOperation
                CollectModifyOperation OutputConversionModifyOperation AggregateQueryOperation
                CorrelatedFunctionQueryOperation DistinctQueryOperation FilterQueryOperation FunctionQueryOperation
                JoinQueryOperation PartitionQueryOperation ProjectQueryOperation SetQueryOperation SortQueryOperation
                SourceQueryOperation TableSourceQueryOperation ValuesQueryOperation WindowAggregateQueryOperation
                InternalDataStreamQueryOperation RichTableSourceQueryOperation PlannerExternalQueryOperation
                DataStreamQueryOperation ExternalQueryOperation""");
    }

    private static void alterations(Map<String, Rule> rules) {
        refuse(rules, "ANALYZE_TABLE", "The catalogs keep no statistics.", "AnalyzeTableOperation");
        refuse(rules, "REPLACE_TABLE_AS", "Drop the table and create it anew.", "ReplaceTableAsOperation");
        refuse(rules, "TRUNCATE_TABLE", "No connector of this version can do it.", "TruncateTableOperation");
        refuse(rules, "PARTITION", "Partitions are found in the storage; no list of them is kept.", """
                AddPartitionsOperation AlterPartitionPropertiesOperation DropPartitionsOperation
                ShowPartitionsOperation""");
        refuse(rules, "ALTER_DATABASE", "Databases have no properties.", "AlterDatabaseOperation");
        refuse(rules, "ALTER_VIEW", "Views have no properties.", "AlterViewPropertiesOperation");
        refuse(rules, "ALTER_TABLE", "Flink no longer makes this operation from SQL.", """
                AlterTableOptionsOperation AlterTableSchemaOperation""");
    }

    private static void run(Map<String, Rule> rules, String kind, StatementClass type, String... operations) {
        for (String operation : operations) {
            rules.put(operation, Rule.runs(kind, type));
        }
    }

    private static void refuse(Map<String, Rule> rules, String kind, String reason, String operations) {
        for (String operation : operations.split("\\s+")) {
            rules.put(operation, Rule.refused(kind, reason));
        }
    }
}
