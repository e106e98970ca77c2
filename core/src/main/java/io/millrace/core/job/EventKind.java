package io.millrace.core.job;

/** What can happen to a job. Names are contract: add, never rename. */
public enum EventKind {
    /** People wrote a version. */
    APPLIED,
    START_REQUESTED,
    STOP_REQUESTED,
    /** The observed state changed. */
    STATE_CHANGED,
    /** The intent to run an attempt is recorded. */
    ATTEMPT_STARTED,
    /** An attempt is on its way to the cluster; retries are not told. */
    ATTEMPT_SUBMITTING,
    /** The cluster has the attempt. */
    ATTEMPT_SUBMITTED,
    ATTEMPT_ENDED,
    /** The intent to stop is recorded. */
    STOP_STARTED,
    /** The cluster was asked to stop. */
    STOP_SENT,
    STOP_FAILED,
    /** People asked for a savepoint of the running job. */
    SAVEPOINT_REQUESTED,
    SAVEPOINT_COMPLETED,
    SAVEPOINT_FAILED,
    /** A savepoint from elsewhere may be used by the job. */
    SNAPSHOT_IMPORTED,
    /** A savepoint, or what an attempt left behind, was deleted. */
    SNAPSHOT_DISPOSED,
    /** People changed the tags or the owner. */
    LABELS_CHANGED,
    /** People moved the job to the bin. */
    DELETED,
    /** People took the job out of the bin. */
    RESTORED,
    /** A running version is being replaced by another one. */
    DEPLOYMENT_STARTED,
    /** The new version has proven itself. */
    DEPLOYMENT_DONE,
    /** The new version is not healthy; the old one comes back. */
    DEPLOYMENT_RETURNING,
    /** The old version runs again. */
    DEPLOYMENT_RETURNED,
    /** The old version could not be stopped safely and runs on. */
    DEPLOYMENT_FAILED,
    /** People asked whether a version can go on from a snapshot. */
    PROOF_REQUESTED,
    /** It was tried, or could not be; the reason has the result. */
    PROOF_ENDED,
    /** People asked for a checkpoint. */
    CHECKPOINT_REQUESTED,
    /** People let the server time the checkpoints again. */
    CHECKPOINT_SCHEDULER_STARTED,
    CHECKPOINT_SCHEDULER_STOPPED,
    /** People changed the time between checkpoints. */
    CHECKPOINT_CONFIG_CHANGED,
    /** A Flink job that is not the current attempt was found and cancelled. */
    STRAY_CANCELED
}
