/**
 * What of a job's plan keeps state, described so that two plans can be compared without running either, and ids for it
 * that stay the same from version to version. See docs/decisions/0017.
 */
@NullMarked
package io.millrace.flink.gateway.state;

import org.jspecify.annotations.NullMarked;
