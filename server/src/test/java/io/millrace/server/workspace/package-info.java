/** Tests of workspaces. */
@NullMarked
package io.millrace.server.workspace;

import org.jspecify.annotations.NullMarked;
