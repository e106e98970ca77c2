/** Where jobs run: clusters, what they show, and how jobs are sent to them. */
@NullMarked
package io.millrace.core.target;

import org.jspecify.annotations.NullMarked;
