package io.millrace.flink.gateway.session;

import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Functions of other kinds than scalar ones, which the tests' list offers. */
public final class SomeFunctions {
    private SomeFunctions() {}

    /** What {@link Total} keeps. */
    public static class Sum {
        public long value;
    }

    /** Adds numbers up. */
    public static class Total extends AggregateFunction<Long, Sum> {
        private static final long serialVersionUID = 1L;

        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        public void accumulate(Sum sum, @Nullable Long value) {
            sum.value += value == null ? 0 : value;
        }

        @Override
        public Long getValue(Sum sum) {
            return sum.value;
        }
    }

    /** Makes rows of a text. */
    @FunctionHint(output = @DataTypeHint("ROW<word STRING>"))
    public static class Words extends TableFunction<Row> {
        private static final long serialVersionUID = 1L;

        public void eval(@Nullable String text) {
            collect(Row.of(text));
        }
    }

    /** A function of a table. */
    @FunctionHint(output = @DataTypeHint("ROW<n BIGINT>"))
    public static class Counted extends ProcessTableFunction<Row> {
        private static final long serialVersionUID = 1L;

        public void eval(@ArgumentHint(value = ArgumentTrait.SET_SEMANTIC_TABLE, name = "r") Row r) {
            collect(Row.of((long) r.getArity()));
        }
    }
}
