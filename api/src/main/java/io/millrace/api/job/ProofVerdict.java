package io.millrace.api.job;

/** What came of a proof. */
public enum ProofVerdict {
    PROVEN,
    REFUSED,
    FAILED
}
