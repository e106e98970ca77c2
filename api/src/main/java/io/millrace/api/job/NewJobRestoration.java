package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * A deleted job to be brought back.
 *
 * @param name what to call it from now on; null for the name that it had
 */
public record NewJobRestoration(@Nullable String name) {}
