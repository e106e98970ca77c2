/**
 * Jobs: what people want, what was seen, and the protocol that turns one into the other.
 *
 * <p>{@link io.millrace.core.job.Reconciler} makes one pass over one job: read the rows, look at the cluster, ask
 * {@link io.millrace.core.job.JobPlanner}, record the intent, act, record the outcome. Whatever is killed in between,
 * the next pass goes on from the rows.
 */
@NullMarked
package io.millrace.core.job;

import org.jspecify.annotations.NullMarked;
