/**
 * Tries one connection, in a process of its own: it has no secret but those of that connection, an empty environment, and
 * is ended when its time is over. What a store sends back is read here and nowhere else.
 */
@NullMarked
package io.millrace.server.connection.probe;

import org.jspecify.annotations.NullMarked;
