/** Sessions, the statements that run in them, and their results. */
@NullMarked
package io.millrace.flink.gateway.session;

import org.jspecify.annotations.NullMarked;
