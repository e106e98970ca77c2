/**
 * Workspaces: making and deleting them, and who is in them. What a member's role lets one do is decided with the grants, in
 * {@code access}; what is in a workspace is kept by its own feature, {@code job}.
 */
@NullMarked
package io.millrace.server.workspace;

import org.jspecify.annotations.NullMarked;
