/** Tests of the assembled distribution as processes. They run with {@code -De2e}. */
@NullMarked
package io.millrace.dist.e2e;

import org.jspecify.annotations.NullMarked;
