/** Scripts that become one Flink job under a JobID of the caller's choice. */
@NullMarked
package io.millrace.flink.gateway.submission;

import org.jspecify.annotations.NullMarked;
