package io.millrace.flink.gateway.state;

import io.millrace.api.gateway.StatePlan;
import io.millrace.core.state.StateOperator;
import io.millrace.core.state.StateTrait;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.types.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flink's real planner over tables that hold nothing. */
final class Plans {
    private static final String SOURCE = " WITH ('connector' = 'datagen')";
    private static final String SINK = " WITH ('connector' = 'blackhole')";
    private static final List<String> TABLES = List.of(
            "CREATE TABLE orders (id BIGINT, person STRING, amount DECIMAL(10, 2), kind STRING, ts TIMESTAMP(3),"
                    + " pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)" + SOURCE,
            "CREATE TABLE people (id BIGINT, person STRING, city STRING, ts TIMESTAMP(3)," + " WATERMARK FOR ts AS ts)"
                    + SOURCE,
            "CREATE TABLE cities (city STRING, country STRING, PRIMARY KEY (city) NOT ENFORCED, ts TIMESTAMP(3),"
                    + " WATERMARK FOR ts AS ts)" + SOURCE,
            "CREATE TABLE a (k STRING, n BIGINT)" + SINK,
            "CREATE TABLE b (k STRING, n BIGINT)" + SINK,
            "CREATE TABLE keyed (k STRING PRIMARY KEY NOT ENFORCED, n BIGINT)" + SINK,
            "CREATE TABLE wide (k STRING, n BIGINT, m DECIMAL(38, 2))" + SINK);

    /** A function that keeps state of which nobody else knows. */
    @FunctionHint(output = @DataTypeHint("ROW<n BIGINT>"))
    public static final class Remembered extends ProcessTableFunction<Row> {
        private static final long serialVersionUID = 1L;

        public void eval(@ArgumentHint(value = ArgumentTrait.SET_SEMANTIC_TABLE, name = "r") Row r) {
            collect(Row.of((long) r.getArity()));
        }
    }

    private Plans() {}

    /** What a job of these INSERT statements keeps. */
    static StatePlan of(Map<String, String> settings, String... inserts) {
        TableEnvironmentImpl environment =
                (TableEnvironmentImpl) TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        settings.forEach((key, value) -> environment.getConfig().set(key, value));
        TABLES.forEach(environment::executeSql);
        environment.createTemporarySystemFunction("REMEMBERED", Remembered.class);
        List<ModifyOperation> sinks = new ArrayList<>();
        for (String insert : inserts) {
            sinks.add((ModifyOperation) environment.getParser().parse(insert).get(0));
        }
        return JobPlan.of(environment, sinks).state();
    }

    /** In the words of the control plane. */
    static io.millrace.core.state.StatePlan core(StatePlan plan) {
        return new io.millrace.core.state.StatePlan(
                plan.engine(),
                plan.digest(),
                plan.operators().stream()
                        .map(each -> new StateOperator(
                                each.id(),
                                each.role(),
                                each.text(),
                                each.place(),
                                each.known(),
                                each.traits().stream()
                                        .map(trait -> new StateTrait(trait.name(), trait.text(), trait.digest()))
                                        .toList()))
                        .toList(),
                plan.gaps());
    }
}
