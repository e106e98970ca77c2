/** Git as the source of a workspace's jobs, on the wire. */
@NullMarked
package io.millrace.api.git;

import org.jspecify.annotations.NullMarked;
