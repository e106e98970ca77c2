package io.millrace.flink.catalog;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The text of the statement that runs on this thread and who runs it, for the history of the tables that it changes.
 * Flink hands its catalogs the result of a statement and never the statement.
 *
 * @param caller the name of a user of the server; null when nobody said
 */
public record StatementText(String text, @Nullable String caller) {
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
