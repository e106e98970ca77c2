package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A look at the tables of a store.
 *
 * @param database null for all
 */
public record NewRefresh(@Nullable String database) {}
