/**
 * The clusters on which jobs run: {@code core}'s ports over Flink's REST, the files that clusters leave behind, and the
 * gateway that submits.
 */
@NullMarked
package io.millrace.server.target;

import org.jspecify.annotations.NullMarked;
