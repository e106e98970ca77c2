package io.millrace.core.job;

/** What came of a proof. Names are contract: add, never rename. */
public enum ProofVerdict {
    /** The version restored the snapshot, and all its tasks ran. */
    PROVEN,
    /** It cannot go on from the snapshot; the outcome says why. */
    REFUSED,
    /** It could not be tried; the outcome says why. */
    FAILED
}
