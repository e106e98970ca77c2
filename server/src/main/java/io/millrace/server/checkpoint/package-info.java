/** Checkpoints of running jobs: what Flink remembers of them, asking for one, and timing them from outside of Flink. */
@NullMarked
package io.millrace.server.checkpoint;

import org.jspecify.annotations.NullMarked;
