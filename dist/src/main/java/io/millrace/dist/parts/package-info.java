/** The processes of the local stack, each with its configuration, its command line and its health check. */
@NullMarked
package io.millrace.dist.parts;

import org.jspecify.annotations.NullMarked;
