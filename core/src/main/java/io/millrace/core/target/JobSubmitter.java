package io.millrace.core.target;

/** Sends jobs to a cluster, through the gateway that plans them. */
public interface JobSubmitter {
    /**
     * Submits exactly this under the JobID that was chosen before. May be repeated with the same submission: the
     * cluster takes a JobID once. Never throws for what may have been sent; that is {@code UNKNOWN}.
     */
    SubmitAnswer submit(Submission submission);
}
