package io.millrace.core.job;

import java.util.List;

/**
 * What there is to look at on a cluster, as short as it can be: read in each pass.
 *
 * @param jobs those that are not at rest
 * @param snapshots whether any snapshot has to be taken, looked at or deleted
 * @param proofs whether any proof is not over
 */
public record Todo(List<Work> jobs, boolean snapshots, boolean proofs) {
    public Todo {
        jobs = List.copyOf(jobs);
    }
}
