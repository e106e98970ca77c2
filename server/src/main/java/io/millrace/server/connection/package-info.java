/**
 * Connections: registered through REST, checked against the descriptor of their kind and the egress policy, kept with
 * sealed secrets, and opened for those who use them.
 */
@NullMarked
package io.millrace.server.connection;

import org.jspecify.annotations.NullMarked;
