@NullMarked
package io.millrace.flink.gateway.lineage;

import org.jspecify.annotations.NullMarked;
