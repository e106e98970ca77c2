package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A dropped table to be brought back.
 *
 * @param name what to call it; null for the name that it had
 */
public record NewRestoration(@Nullable String name) {}
