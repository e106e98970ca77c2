package io.millrace.core.target;

/** Sends jobs to a cluster, through the gateway that plans them. */
public interface JobSubmitter {
    /**
     * Submits exactly this under the JobID that was chosen before. May be repeated with the same submission: the
     * cluster takes a JobID once. Never throws for what may have been sent; that is {@code UNKNOWN}.
     */
    SubmitAnswer submit(Submission submission);

    /**
     * Submits what restores a snapshot and has no effect outside of the cluster, under the JobID that was chosen before;
     * otherwise as {@link #submit}. It runs until it is cancelled.
     */
    SubmitAnswer prove(Trial trial);
}
