/** Who may do what: people and services, what proves them, and what they did. */
@NullMarked
package io.millrace.core.access;

import org.jspecify.annotations.NullMarked;
