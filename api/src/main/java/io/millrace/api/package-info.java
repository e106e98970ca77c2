/** What goes over the wire: records, and a small HTTP client. */
@NullMarked
package io.millrace.api;

import org.jspecify.annotations.NullMarked;
