/** Processes of the operating system: naming one unmistakably, starting, watching and stopping it. */
@NullMarked
package io.millrace.dist.process;

import org.jspecify.annotations.NullMarked;
