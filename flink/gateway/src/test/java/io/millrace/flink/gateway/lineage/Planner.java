package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.Lineage;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.types.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Flink's real planner over tables of its own memory. */
final class Planner {
    private static final String WITH = " WITH ('connector' = 'millrace-draft')";

    private final TableEnvironmentImpl environment =
            (TableEnvironmentImpl) TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    /** Makes rows of a text. */
    @FunctionHint(output = @DataTypeHint("ROW<word STRING, n INT>"))
    public static final class Words extends TableFunction<Row> {
        private static final long serialVersionUID = 1L;

        public void eval(String text) {
            collect(Row.of(text, text.length()));
        }
    }

    /** Changes a text. */
    public static final class Shout extends ScalarFunction {
        private static final long serialVersionUID = 1L;

        public String eval(String text) {
            return text + "!";
        }
    }

    /** A function of a table. */
    @FunctionHint(output = @DataTypeHint("ROW<n INT>"))
    public static final class Counted extends ProcessTableFunction<Row> {
        private static final long serialVersionUID = 1L;

        public void eval(@ArgumentHint(value = ArgumentTrait.SET_SEMANTIC_TABLE, name = "r") Row r) {
            collect(Row.of(r.getArity()));
        }
    }

    Planner() {
        environment.createTemporarySystemFunction("COUNTED", Counted.class);
        environment.createTemporarySystemFunction("WORDS", Words.class);
        environment.createTemporarySystemFunction("SHOUT", Shout.class);
    }

    Planner table(String name, String columns) {
        return run("CREATE TABLE " + name + " (" + columns + ")" + WITH);
    }

    Planner run(String ddl) {
        environment.executeSql(ddl);
        return this;
    }

    List<Lineage> lineages(String statement) {
        Operation operation = environment.getParser().parse(statement).get(0);
        Operation reads = operation instanceof CreateViewOperation view
                ? environment
                        .getParser()
                        .parse(view.getCatalogView().getExpandedQuery())
                        .get(0)
                : operation;
        return new Lineages(environment.getCatalogManager(), environment.getParser())
                .of(operation, reads, List.of(statement));
    }

    /** The lineage of a query: of the view that it would make. */
    Lineage ofQuery(String query) {
        return lineages("CREATE TEMPORARY VIEW probe AS " + query).get(0);
    }

    /** The columns of a query, as the planner names them. */
    List<String> columns(String query) {
        return environment.sqlQuery(query).getResolvedSchema().getColumnNames();
    }

    /** One line for each thing known, as the cases are written. */
    static List<String> lines(Lineage lineage) {
        List<String> lines = new ArrayList<>();
        lineage.columns()
                .forEach(column -> lines.add(column.name() + " <- "
                        + column.sources().stream()
                                .map(source -> name(lineage, source.input()) + "." + source.column() + " "
                                        + source.kind().name().charAt(0))
                                .collect(Collectors.joining(", "))
                        + " : " + column.expression()));
        lineage.indirect().stream()
                .map(source -> source.kind() + " " + name(lineage, source.input()) + "." + source.column())
                .sorted()
                .forEach(lines::add);
        for (int i = 0; i < lineage.inputs().size(); i++) {
            if (lineage.inputs().get(i).view()) {
                lines.add("VIEW " + name(lineage, i));
            }
        }
        lineage.reasons().forEach(reason -> lines.add("INCOMPLETE " + reason));
        return lines;
    }

    static String name(Lineage lineage, int input) {
        return lineage.inputs().get(input).table().name();
    }
}
