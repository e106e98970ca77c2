/**
 * SQL functions that ship with Millrace, as the Flink module {@code millrace}.
 *
 * <p>They read what comes from outside: log lines, user agents, addresses. None of them throws on data; what can't be
 * read gives NULL or a reason. They need nothing but Flink and work in plain Flink too ({@code LOAD MODULE millrace}).
 */
@NullMarked
package io.millrace.flink.functions;

import org.jspecify.annotations.NullMarked;
