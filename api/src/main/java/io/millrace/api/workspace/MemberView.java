package io.millrace.api.workspace;

import io.millrace.api.access.GranteeView;

import java.time.Instant;

/**
 * That somebody has a role in a workspace.
 *
 * @param by the name of who gave it
 */
public record MemberView(GranteeView member, WorkspaceRole role, String by, Instant at) {}
