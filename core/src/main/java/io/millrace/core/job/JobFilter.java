package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * Which jobs to list.
 *
 * @param observed only jobs in one of these states; empty for all
 * @param text only jobs whose name or description contains this, whatever the case
 * @param offset how many to leave out
 */
public record JobFilter(Set<ObservedState> observed, Optional<String> text, JobOrder order, int offset, int limit) {
    public JobFilter {
        observed = Set.copyOf(observed);
        requireNonNull(text, "text");
        requireNonNull(order, "order");
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
