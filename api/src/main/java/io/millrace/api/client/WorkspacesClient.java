package io.millrace.api.client;

import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.workspace.MemberView;
import io.millrace.api.workspace.NewMember;
import io.millrace.api.workspace.NewWorkspace;
import io.millrace.api.workspace.WorkspacePatch;
import io.millrace.api.workspace.WorkspaceRole;
import io.millrace.api.workspace.WorkspaceView;

import java.util.List;

/** Workspaces and who is in them. */
public final class WorkspacesClient {
    private static final String WORKSPACE = "/workspaces/{}";
    private static final String MEMBER = WORKSPACE + "/members/{}/{}";
    private static final String IF_MATCH = "If-Match";

    /** People who name a workspace mean it as it is now. */
    private static final String WHATEVER_IS_THERE = "*";

    private final Rest rest;

    WorkspacesClient(Rest rest) {
        this.rest = rest;
    }

    /** Those that the caller may see, by name. */
    public List<WorkspaceView> list() {
        return Pages.all(token -> rest.get("/workspaces").asPage(WorkspaceView.class));
    }

    public WorkspaceView get(String name) {
        return rest.get(WORKSPACE, name).as(WorkspaceView.class);
    }

    public WorkspaceView create(NewWorkspace workspace) {
        return rest.post("/workspaces").body(workspace).as(WorkspaceView.class);
    }

    public WorkspaceView update(String name, WorkspacePatch patch) {
        return rest.patch(WORKSPACE, name)
                .header(IF_MATCH, WHATEVER_IS_THERE)
                .body(patch)
                .as(WorkspaceView.class);
    }

    public void delete(String name) {
        rest.delete(WORKSPACE, name).header(IF_MATCH, WHATEVER_IS_THERE).send();
    }

    public List<MemberView> members(String workspace) {
        return Pages.all(token -> rest.get(WORKSPACE + "/members", workspace).asPage(MemberView.class));
    }

    /** Gives somebody a role, instead of the one that it may have. */
    public void put(String workspace, GranteeView member, WorkspaceRole role) {
        rest.put(MEMBER, workspace, kind(member), member.name())
                .body(new NewMember(role))
                .send();
    }

    public void remove(String workspace, GranteeView member) {
        rest.delete(MEMBER, workspace, kind(member), member.name()).send();
    }

    private static String kind(GranteeView member) {
        return member.kind() == GranteeKind.GROUP ? "groups" : "users";
    }
}
