/** Puts the features together; the only package that knows all of them. */
@NullMarked
package io.millrace.server.boot;

import org.jspecify.annotations.NullMarked;
