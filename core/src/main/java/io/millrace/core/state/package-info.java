/**
 * What of a job's state survives a change of the job: the state that a plan keeps, and the comparison of two plans. Pure:
 * the gateway describes plans, see docs/decisions/0017.
 */
@NullMarked
package io.millrace.core.state;

import org.jspecify.annotations.NullMarked;
