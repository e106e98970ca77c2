/** Who calls: users, service accounts, what proves them, and the record of what they did. */
@NullMarked
package io.millrace.server.access;

import org.jspecify.annotations.NullMarked;
