package io.millrace.api.catalog;

import io.millrace.api.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What became of each table of a {@link NewLookup}. */
public record FoundTables(List<Found> tables) {
    public FoundTables {
        tables = tables == null ? List.of() : List.copyOf(tables);
    }

    /**
     * One table, or why it cannot be had: the problem that a question for it alone would have met.
     *
     * @param key as it was asked for
     */
    public record Found(
            TableKey key,
            @Nullable TableView table,
            @Nullable Problem problem) {}
}
