/**
 * The way to the SQL gateway: a client of its private API and {@code core}'s port on top of it. The gateway plans,
 * previews and submits; it remembers nothing that matters and users never reach it.
 */
@NullMarked
package io.millrace.server.gateway;

import org.jspecify.annotations.NullMarked;
