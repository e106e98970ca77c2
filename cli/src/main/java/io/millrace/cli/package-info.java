/** The commands of {@code millrace} that talk to a server. */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
