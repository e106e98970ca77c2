package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.workspace.WorkspaceId;

import java.util.Optional;
import java.util.Set;

/**
 * Which jobs to list.
 *
 * @param observed only jobs in one of these states; empty for all
 * @param text only jobs whose name, description, owner or one of whose tags contains this, whatever the case
 * @param tags only jobs that have all of these
 * @param owner only jobs of this owner
 * @param workspaces only jobs in these; empty for all
 * @param hidden jobs in them that are left out
 * @param besides jobs that are listed wherever they are
 * @param deleted whether those in the bin are meant, and not those that are there
 * @param offset how many to leave out
 */
public record JobFilter(
        Set<ObservedState> observed,
        Optional<String> text,
        Set<Tag> tags,
        Optional<Owner> owner,
        Optional<Set<WorkspaceId>> workspaces,
        Set<JobId> hidden,
        Set<JobId> besides,
        boolean deleted,
        JobOrder order,
        int offset,
        int limit) {
    public JobFilter {
        observed = Set.copyOf(observed);
        requireNonNull(text, "text");
        tags = Set.copyOf(tags);
        requireNonNull(owner, "owner");
        workspaces = workspaces.map(Set::copyOf);
        hidden = Set.copyOf(hidden);
        besides = Set.copyOf(besides);
        requireNonNull(order, "order");
    }

    /** Of all jobs. */
    public JobFilter(Set<ObservedState> observed, Optional<String> text, JobOrder order, int offset, int limit) {
        this(
                observed,
                text,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                false,
                order,
                offset,
                limit);
    }

    /** The same, of the jobs in these workspaces but for some of them, and of some others. */
    public JobFilter in(Set<WorkspaceId> places, Set<JobId> butFor, Set<JobId> others) {
        return new JobFilter(
                observed, text, tags, owner, Optional.of(places), butFor, others, deleted, order, offset, limit);
    }

    /** The same, of the jobs that have these tags and, if there is one, this owner. */
    public JobFilter labelled(Set<Tag> all, Optional<Owner> by) {
        return new JobFilter(observed, text, all, by, workspaces, hidden, besides, deleted, order, offset, limit);
    }

    /** The same, of the jobs in the bin. */
    public JobFilter inBin() {
        return new JobFilter(observed, text, tags, owner, workspaces, hidden, besides, true, order, offset, limit);
    }

    /** The order of a list. Equal ones follow by name, then by workspace. */
    public enum JobOrder {
        NAME,
        NAME_DOWN,
        OBSERVED,
        OBSERVED_DOWN,
        CHANGED,
        CHANGED_DOWN
    }
}
