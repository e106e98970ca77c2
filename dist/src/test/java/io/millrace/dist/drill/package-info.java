/** Drills: real processes are killed at the worst moments, and every job must come through once. */
@NullMarked
package io.millrace.dist.drill;

import org.jspecify.annotations.NullMarked;
