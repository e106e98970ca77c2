package io.millrace.api.catalog;

import io.millrace.api.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What became of each reference of {@link NewResolutions}. Internal: only Flink processes get it. */
public record ResolvedTables(List<Resolution> tables) {
    public ResolvedTables {
        tables = tables == null ? List.of() : List.copyOf(tables);
    }

    /** One table's options, or why they cannot be had: the problem that a question for it alone would have met. */
    public record Resolution(
            String ref,
            @Nullable ResolvedTable table,
            @Nullable Problem problem) {}
}
