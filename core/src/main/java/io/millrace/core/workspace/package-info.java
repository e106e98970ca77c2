/**
 * Workspaces: a team's space for jobs. What its members may do there is said by grants and {@link
 * io.millrace.core.access.Role}s, of which {@code docs/decisions/0016-roles-are-grants-on-a-workspace.md} says why.
 */
@NullMarked
package io.millrace.core.workspace;

import org.jspecify.annotations.NullMarked;
