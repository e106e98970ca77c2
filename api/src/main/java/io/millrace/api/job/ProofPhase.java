package io.millrace.api.job;

/** How far a proof got. */
public enum ProofPhase {
    SAVING,
    SUBMITTING,
    RUNNING,
    ENDING,
    OVER
}
