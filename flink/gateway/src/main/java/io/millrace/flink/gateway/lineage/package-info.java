/**
 * Where the columns that a statement writes come from: a walk over Calcite's tree as the parser gives it, before
 * anything is optimised, so that what is reported is what was written. What the walk does not understand makes the
 * result incomplete and the edges more, never fewer.
 */
@NullMarked
package io.millrace.flink.gateway.lineage;

import org.jspecify.annotations.NullMarked;
