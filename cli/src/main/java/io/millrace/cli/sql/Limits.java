package io.millrace.cli.sql;

import org.jspecify.annotations.Nullable;

/** How many rows a query may return and how long it may run; null is the server's default. */
record Limits(@Nullable Integer rows, @Nullable Integer seconds) {}
