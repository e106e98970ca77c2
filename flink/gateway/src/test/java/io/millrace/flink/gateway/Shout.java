package io.millrace.flink.gateway;

import org.apache.flink.table.functions.ScalarFunction;

import java.util.Locale;

/** A user's function on the class path. */
public class Shout extends ScalarFunction {
    private static final long serialVersionUID = 1L;

    public String eval(String text) {
        return text.toUpperCase(Locale.ROOT) + "!";
    }
}
