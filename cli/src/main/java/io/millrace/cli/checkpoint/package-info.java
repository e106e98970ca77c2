/** {@code millrace checkpoint}. */
@NullMarked
package io.millrace.cli.checkpoint;

import org.jspecify.annotations.NullMarked;
