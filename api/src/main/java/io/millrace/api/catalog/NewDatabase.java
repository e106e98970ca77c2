package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

/** A database to be created. */
public record NewDatabase(String name, @Nullable String comment) {}
