package io.millrace.flink.gateway;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives back what it is given, and remembers in its process that it was called. */
public class Witness extends ScalarFunction {
    private static final long serialVersionUID = 1L;
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();

    /** What it was called with in this process. */
    static List<String> calls() {
        return List.copyOf(CALLS);
    }

    public String eval(String text) {
        CALLS.add(text);
        return text;
    }

    public Long eval(Long number) {
        CALLS.add(String.valueOf(number));
        return number;
    }

    public @DataTypeHint("INTERVAL SECOND(3)") Duration eval(@DataTypeHint("INTERVAL SECOND(3)") Duration time) {
        CALLS.add(String.valueOf(time));
        return time;
    }
}
