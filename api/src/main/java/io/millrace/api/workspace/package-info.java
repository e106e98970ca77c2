/** Workspaces on the wire. */
@NullMarked
package io.millrace.api.workspace;

import org.jspecify.annotations.NullMarked;
