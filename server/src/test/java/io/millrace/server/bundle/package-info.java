/** Bundles of failed attempts. */
@NullMarked
package io.millrace.server.bundle;

import org.jspecify.annotations.NullMarked;
