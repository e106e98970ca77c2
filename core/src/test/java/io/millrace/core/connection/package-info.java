/** Tests of connections. */
@NullMarked
package io.millrace.core.connection;

import org.jspecify.annotations.NullMarked;
