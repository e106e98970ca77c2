/** What Flink tells, read as Millrace reads it. */
@NullMarked
package io.millrace.core.target;

import org.jspecify.annotations.NullMarked;
