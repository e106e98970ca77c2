package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.target.TargetName;

/**
 * The right to act on the jobs of one target. Whoever takes it over raises the epoch; every write of the reconciler
 * asserts it.
 *
 * @param tag marks the JobIDs of this control plane, for as long as its database lives
 */
public record Lease(TargetName target, long epoch, int tag) {
    public Lease {
        requireNonNull(target, "target");
    }
}
