/** The commands {@code up}, {@code down}, {@code status} and {@code logs}, and the entry point of {@code millrace}. */
@NullMarked
package io.millrace.dist.boot;

import org.jspecify.annotations.NullMarked;
