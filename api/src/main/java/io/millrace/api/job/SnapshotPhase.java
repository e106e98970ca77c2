package io.millrace.api.job;

/** How far a snapshot got; what is deleted is no longer listed. */
public enum SnapshotPhase {
    INTENT,
    REQUESTED,
    AVAILABLE,
    FAILED,
    DISPOSING
}
