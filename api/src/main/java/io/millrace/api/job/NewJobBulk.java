package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One action on many jobs, which are either named or meant by a filter; at most 1,000.
 *
 * @param savepoint when stopping: whether streaming jobs take a savepoint first; default true
 * @param labels when labelling: what is to change
 */
public record NewJobBulk(
        JobBulkAction action,
        @Nullable List<JobName> jobs,
        @Nullable Filter filter,
        @Nullable Boolean savepoint,
        @Nullable JobLabelsPatch labels) {
    /** A job; when it is to be restored, the one that was deleted last of those that had the name. */
    public record JobName(String workspace, String name) {}

    /**
     * Jobs as a list of them would have them; those in the bin when they are to be restored. What is null does not
     * narrow it.
     */
    public record Filter(
            @Nullable String workspace,
            @Nullable List<String> tags,
            @Nullable String owner,
            @Nullable List<ObservedState> observed,
            @Nullable String q) {}
}
