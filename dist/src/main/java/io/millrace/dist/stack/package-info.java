/** The local stack: its folder, its record, its supervisor. Knows no particular process; those are in {@code parts}. */
@NullMarked
package io.millrace.dist.stack;

import org.jspecify.annotations.NullMarked;
