/** What the server says of itself. */
@NullMarked
package io.millrace.server.info;

import org.jspecify.annotations.NullMarked;
