/** What a script is and touches, found without running it; and what may stand at the cursor. */
@NullMarked
package io.millrace.flink.gateway.analysis;

import org.jspecify.annotations.NullMarked;
