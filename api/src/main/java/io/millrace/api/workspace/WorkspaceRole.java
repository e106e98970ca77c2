package io.millrace.api.workspace;

/** What a member of a workspace may do; each role has the privileges of the ones before it. */
public enum WorkspaceRole {
    VIEWER,
    OPERATOR,
    EDITOR,
    OWNER
}
