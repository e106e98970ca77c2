/** Logs that are kept. */
@NullMarked
package io.millrace.server.logs;

import org.jspecify.annotations.NullMarked;
