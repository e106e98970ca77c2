/** Tests of jobs. */
@NullMarked
package io.millrace.server.job;

import org.jspecify.annotations.NullMarked;
