/** Flink's catalog interfaces, answered by the server. */
@NullMarked
package io.millrace.flink.catalog;

import org.jspecify.annotations.NullMarked;
