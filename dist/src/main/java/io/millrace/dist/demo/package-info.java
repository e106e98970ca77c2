/**
 * {@code millrace demo}: runs the traffic example from end to end on the local stack, through the same API, SQL and Kafka
 * that users have, and proves its result.
 */
@NullMarked
package io.millrace.dist.demo;

import org.jspecify.annotations.NullMarked;
