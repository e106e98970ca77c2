package io.millrace.flink.catalog;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The text of the statement that runs on this thread, for the history of the tables that it changes. Flink hands its
 * catalogs the result of a statement and never the statement.
 */
public final class StatementText {
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private StatementText() {}

    /** Runs {@code work}, whose changes of catalogs are those of the statement {@code text}. */
    public static <T> T during(String text, Supplier<T> work) {
        CURRENT.set(text);
        try {
            return work.get();
        } finally {
            CURRENT.remove();
        }
    }

    static Optional<String> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
