@NullMarked
package io.millrace.flink.gateway.state;

import org.jspecify.annotations.NullMarked;
