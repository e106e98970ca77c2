/** Failures in the words of the user's text. */
@NullMarked
package io.millrace.flink.gateway.problem;

import org.jspecify.annotations.NullMarked;
