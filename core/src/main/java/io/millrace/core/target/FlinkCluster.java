package io.millrace.core.target;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One Flink cluster. Every call may be repeated at any time, by any server, in any state of the job.
 *
 * <p>A call that got no clear answer throws {@code CLUSTER_UNAVAILABLE}: what was asked for may have happened. Only
 * the JobManager's own word counts as an answer; an error page is none.
 */
public interface FlinkCluster {
    /** Looks at everything at once. Once for each cluster and pass. */
    Overview overview();

    /** Looks at one job, after the cluster's overview did not show it. */
    Sight find(FlinkJobId job);

    /**
     * Asks for a savepoint into {@code directory} and the job's end. Repeated with the same {@code triggerId} within
     * minutes it is one request; later it would be a second one, so the directory is read before each repeat. Tells
     * nothing of success.
     */
    void stop(FlinkJobId job, String triggerId, String directory);

    /** The same without the job's end. */
    void savepoint(FlinkJobId job, String triggerId, String directory);

    /**
     * Asks for a checkpoint now, whatever the job's own timing. Repeated with the same {@code triggerId} within minutes it
     * is one request. Tells nothing of success.
     */
    void checkpoint(FlinkJobId job, String triggerId);

    /** What became of {@link #stop} or {@link #savepoint}. */
    StopAnswer stopAnswer(FlinkJobId job, String triggerId);

    /** Asks for the job's end; its last checkpoint stays. Of a job that is over or unknown it asks nothing. */
    void cancel(FlinkJobId job);

    /** The job's latest failure, of which Flink may have restarted it since; empty when the cluster knows none. */
    Optional<Failure> failure(FlinkJobId job);

    /** What the cluster says that it restored for the job; empty when it restored nothing or does not say. */
    Optional<String> restored(FlinkJobId job);

    /** Durable evidence of the end of a job; empty when there is none that is complete. */
    Optional<Archived> archived(FlinkJobId job);

    /** The completed, readable savepoints and checkpoints at or below {@code location}; of any job. */
    List<Snapshot> snapshots(String location);

    /** The completed, readable checkpoints that are left of a job, running or not. */
    List<Snapshot> checkpoints(FlinkJobId job);

    /** What lies below a folder; empty when there is no such folder. */
    Optional<Contents> contents(String directory);

    /**
     * Deletes a folder of savepoints or checkpoints with all that is below; what says that a snapshot is complete goes
     * first. Of a folder that is gone it deletes nothing.
     *
     * @throws IllegalArgumentException when that is no folder below those that the cluster keeps snapshots in
     */
    void delete(String directory);

    /**
     * In which format a snapshot is written; Flink adds one now and then and reads all up to its newest. Empty when nothing
     * at exactly this place says that a snapshot is complete.
     */
    OptionalInt format(String location);

    /** The newest format that the cluster reads. */
    int newestFormat();

    /** The folders of completed savepoints, and those of all checkpoints of one job; of any job, ours or not. */
    List<String> folders();
}
