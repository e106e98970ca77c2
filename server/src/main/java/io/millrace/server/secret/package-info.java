/**
 * Secrets at rest. Each value is sealed with a key of its own, and that key with a master key that is in a file or the
 * environment, never in the database; both are bound to the connection and field that they belong to.
 */
@NullMarked
package io.millrace.server.secret;

import org.jspecify.annotations.NullMarked;
