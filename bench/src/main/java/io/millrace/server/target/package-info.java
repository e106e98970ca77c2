/** What the benchmarks take from the server's package of this name, which nobody else is to use. */
@NullMarked
package io.millrace.server.target;

import org.jspecify.annotations.NullMarked;
