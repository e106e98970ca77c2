package io.millrace.api.workspace;

import org.jspecify.annotations.Nullable;

/** What changes of a workspace; what is left out stays. */
public record WorkspacePatch(@Nullable String comment) {}
