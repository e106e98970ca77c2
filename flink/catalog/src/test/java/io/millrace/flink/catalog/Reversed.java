package io.millrace.flink.catalog;

import org.apache.flink.table.functions.ScalarFunction;

/** A function that the tests' list offers. */
public class Reversed extends ScalarFunction {
    private static final long serialVersionUID = 1L;

    public String eval(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** The same for numbers, also offered. */
    public static class Negated extends ScalarFunction {
        private static final long serialVersionUID = 1L;

        public int eval(int number) {
            return -number;
        }
    }

    /** On the class path, and in no list. */
    public static class Unlisted extends ScalarFunction {
        private static final long serialVersionUID = 1L;

        public int eval(int number) {
            return number;
        }
    }

    /** What cannot be made: Flink needs a public class. */
    static class Hidden extends Unlisted {
        private static final long serialVersionUID = 1L;
    }
}
