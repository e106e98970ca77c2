package io.millrace.api.workspace;

import org.jspecify.annotations.Nullable;

/** What somebody is to be in a workspace. */
public record NewMember(@Nullable WorkspaceRole role) {}
