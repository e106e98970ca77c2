package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What became of many jobs, in the order in which they were named or are listed. */
public record JobBulkView(List<Item> items, int done, int unchanged, int refused) {
    /**
     * What became of one.
     *
     * @param code of the problem, when it was refused
     * @param detail why, in a sentence or two
     */
    public record Item(
            String workspace,
            String name,
            JobBulkOutcome outcome,
            @Nullable String code,
            @Nullable String detail) {}
}
