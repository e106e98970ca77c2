package io.millrace.api.workspace;

import org.jspecify.annotations.Nullable;

/** A workspace to be made. */
public record NewWorkspace(String name, @Nullable String comment) {}
