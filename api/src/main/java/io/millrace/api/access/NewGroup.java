package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/** A group to be made. */
public record NewGroup(String name, @Nullable String comment) {}
