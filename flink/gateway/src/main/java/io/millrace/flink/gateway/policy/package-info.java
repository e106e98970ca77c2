/** What runs and what is refused, as data. */
@NullMarked
package io.millrace.flink.gateway.policy;

import org.jspecify.annotations.NullMarked;
