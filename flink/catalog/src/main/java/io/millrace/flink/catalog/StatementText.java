package io.millrace.flink.catalog;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The text of the statement that runs on this thread, for the history of the tables that it changes. Flink hands its
 * catalogs the result of a statement and never the statement.
 */
public record StatementText(String text) {
    private static final ThreadLocal<StatementText> CURRENT = new ThreadLocal<>();

    /** Runs {@code work}, whose changes of catalogs are those of this statement. */
    public <T> T during(Supplier<T> work) {
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.remove();
        }
    }

    static Optional<StatementText> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
