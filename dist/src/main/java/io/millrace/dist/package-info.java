/** The launcher of the local stack and the entry point of the command line. */
@NullMarked
package io.millrace.dist;

import org.jspecify.annotations.NullMarked;
