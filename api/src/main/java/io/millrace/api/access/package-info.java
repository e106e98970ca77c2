/** Users, tokens, sessions and the activity log on the wire. */
@NullMarked
package io.millrace.api.access;

import org.jspecify.annotations.NullMarked;
