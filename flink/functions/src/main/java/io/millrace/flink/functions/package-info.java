/** SQL functions that ship with Millrace. */
@NullMarked
package io.millrace.flink.functions;

import org.jspecify.annotations.NullMarked;
