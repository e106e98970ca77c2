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
     * @param allowed what of READ and WRITE may be done with the table
     */
    public record Found(
            TableKey key,
            @Nullable TableView table,
            @Nullable Problem problem,
            List<String> allowed) {
        public Found {
            allowed = allowed == null ? List.of() : List.copyOf(allowed);
        }

        /** Why it cannot be had. */
        public static Found none(TableKey key, Problem problem) {
            return new Found(key, null, problem, List.of());
        }
    }
}
