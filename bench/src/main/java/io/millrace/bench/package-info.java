/** Benchmarks beside peers; nothing depends on them. */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
