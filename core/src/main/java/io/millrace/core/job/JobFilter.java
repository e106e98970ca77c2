package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * Which jobs to list.
 *
 * @param observed only jobs in one of these states; empty for all
 * @param text only jobs whose name or description contains this, whatever the case
 * @param hidden jobs that are left out
 * @param only if given, no others than these
 * @param offset how many to leave out
 */
public record JobFilter(
        Set<ObservedState> observed,
        Optional<String> text,
        Set<JobId> hidden,
        Optional<Set<JobId>> only,
        JobOrder order,
        int offset,
        int limit) {
    public JobFilter {
        observed = Set.copyOf(observed);
        requireNonNull(text, "text");
        hidden = Set.copyOf(hidden);
        only = only.map(Set::copyOf);
        requireNonNull(order, "order");
    }

    /** Of all jobs. */
    public JobFilter(Set<ObservedState> observed, Optional<String> text, JobOrder order, int offset, int limit) {
        this(observed, text, Set.of(), Optional.empty(), order, offset, limit);
    }

    /** The same, of those jobs only that somebody may see. */
    public JobFilter hiding(Set<JobId> others) {
        return new JobFilter(observed, text, others, only, order, offset, limit);
    }

    /** The same, of no other jobs than these. */
    public JobFilter among(Set<JobId> some) {
        return new JobFilter(observed, text, hidden, Optional.of(some), order, offset, limit);
    }

    /** The order of a list. Equal ones follow by name. */
    public enum JobOrder {
        NAME,
        NAME_DOWN,
        OBSERVED,
        OBSERVED_DOWN,
        CHANGED,
        CHANGED_DOWN
    }
}
