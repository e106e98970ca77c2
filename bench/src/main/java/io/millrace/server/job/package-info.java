/** What is measured of the server's package of this name, which nobody else is to use. */
@NullMarked
package io.millrace.server.job;

import org.jspecify.annotations.NullMarked;
