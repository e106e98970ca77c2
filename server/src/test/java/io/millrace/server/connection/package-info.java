/** Tests of connections. */
@NullMarked
package io.millrace.server.connection;

import org.jspecify.annotations.NullMarked;
