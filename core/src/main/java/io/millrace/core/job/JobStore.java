package io.millrace.core.job;

import io.millrace.core.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What people read and write of jobs. Two implementations, SQL and in-memory, pass one contract test. */
public interface JobStore {
    /** Stores a new job with its first version; false when the name is taken in the workspace, or that is gone. */
    boolean create(Job job, JobVersion first, JobEvent event);

    /**
     * Writes what people own, if the stored generation is {@code next.generation() - 1}; false if somebody was first, or
     * if the snapshot that the wish begins with is being deleted.
     *
     * @param version the version that is new with it, if any
     */
    boolean update(Job next, Optional<JobVersion> version, JobEvent event);

    /** What is in the bin is not found. */
    Optional<ListedJob> find(WorkspaceId workspace, JobName name);

    /** The one that was deleted last of those of this name that are in the bin. */
    Optional<ListedJob> lastDeleted(WorkspaceId workspace, JobName name);

    List<ListedJob> page(JobFilter filter);

    /** How many jobs have each tag, of those where the filter looks, whatever else it asks for. Sorted by tag. */
    SortedMap<Tag, Integer> tags(JobFilter filter);

    /** Newest first, those older than {@code before}. */
    List<JobVersion> versions(JobId job, long before, int limit);

    /** Newest first, those older than {@code before}. */
    List<JobEvent> events(JobId job, long before, int limit);

    /** Newest first, those numbered below {@code before}. */
    List<ListedAttempt> attempts(JobId job, long before, int limit);

    /** The whole exception with which an attempt failed or was restarted last. */
    Optional<String> exception(JobId job, int attempt);

    /** Newest first. */
    List<Deployment> deployments(JobId job, int limit);

    /** What was last seen of each cluster. */
    List<TargetSeen> targets();
}
