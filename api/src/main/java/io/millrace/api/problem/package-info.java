/** Errors on the wire, as RFC 9457 problem documents. */
@NullMarked
package io.millrace.api.problem;

import org.jspecify.annotations.NullMarked;
