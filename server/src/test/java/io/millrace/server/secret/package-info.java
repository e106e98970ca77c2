/** Tests of secrets at rest. */
@NullMarked
package io.millrace.server.secret;

import org.jspecify.annotations.NullMarked;
