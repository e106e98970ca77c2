package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

/**
 * What came of a submission.
 *
 * @param reason why it was refused, or why nothing is known; for people
 */
public record SubmitAnswer(Verdict verdict, String reason) {
    /** What is known now. */
    public enum Verdict {
        /** The cluster has the job. */
        ACCEPTED,
        /** The cluster had the JobID before: the job may run, or be over. */
        DUPLICATE,
        /** It will never run as it is; nothing was started. */
        REJECTED,
        /** It may run, or not. */
        UNKNOWN
    }

    public SubmitAnswer {
        requireNonNull(verdict, "verdict");
        requireNonNull(reason, "reason");
    }
}
