/** Measures what is inside of the server's feature of this name. */
@NullMarked
package io.millrace.server.access;

import org.jspecify.annotations.NullMarked;
