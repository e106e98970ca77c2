/** The endpoint beside Flink's own in the SQL gateway process. */
@NullMarked
package io.millrace.flink.gateway;

import org.jspecify.annotations.NullMarked;
