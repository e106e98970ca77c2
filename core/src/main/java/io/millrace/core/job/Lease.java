package io.millrace.core.job;

/**
 * The right to act on jobs. Whoever takes it over raises the epoch; every write of the reconciler asserts it.
 *
 * @param tag marks the JobIDs of this control plane, for as long as its database lives
 */
public record Lease(long epoch, int tag) {}
