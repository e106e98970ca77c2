/** Jobs, their versions and what happened to them. */
@NullMarked
package io.millrace.api.job;

import org.jspecify.annotations.NullMarked;
