package io.millrace.flink.catalog;

import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the server says besides its answers, such as who reads a table that was dropped. Flink's catalog interface has no
 * way to hand that on, so it is collected in the thread that executes a statement.
 */
public final class Notices {
    /** Repeated; each value is percent-encoded. */
    static final String HEADER = "Millrace-Notice";

    private static final ThreadLocal<List<String>> COLLECTED = new ThreadLocal<>();

    private Notices() {}

    /** An outcome, and what the server said meanwhile. */
    public record Noticed<T>(T outcome, List<String> notices) {}

    /** Runs {@code work} in this thread and collects what the server says in it. */
    public static <T> Noticed<T> during(Supplier<T> work) {
        List<String> before = COLLECTED.get();
        List<String> collected = new ArrayList<>();
        COLLECTED.set(collected);
        try {
            T outcome = work.get();
            return new Noticed<>(outcome, List.copyOf(collected));
        } finally {
            if (before == null) {
                COLLECTED.remove();
            } else {
                COLLECTED.set(before);
            }
        }
    }

    /** Collects what an answer carries, if somebody in this thread wants to know. */
    static void take(HttpHeaders headers) {
        List<String> collected = COLLECTED.get();
        if (collected != null) {
            headers.allValues(HEADER).forEach(text -> collected.add(URLDecoder.decode(text, StandardCharsets.UTF_8)));
        }
    }
}
