/** {@code millrace workspace}. */
@NullMarked
package io.millrace.cli.workspace;

import org.jspecify.annotations.NullMarked;
