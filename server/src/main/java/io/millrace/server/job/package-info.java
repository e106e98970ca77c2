/**
 * Jobs: what people may do to them, and the loop that makes it so.
 *
 * <p>{@link io.millrace.server.job.JobService} records wishes; {@link io.millrace.server.job.JobLoop} lets core's
 * {@link io.millrace.core.job.Reconciler} work on them. The two share nothing but the rows.
 */
@NullMarked
package io.millrace.server.job;

import org.jspecify.annotations.NullMarked;
