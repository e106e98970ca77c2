/** {@code millrace job}: job files and what can be done with jobs. */
@NullMarked
package io.millrace.cli.job;

import org.jspecify.annotations.NullMarked;
