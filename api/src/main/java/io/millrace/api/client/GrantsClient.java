package io.millrace.api.client;

import io.millrace.api.access.GrantView;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.GroupView;
import io.millrace.api.access.NewGrant;
import io.millrace.api.access.NewGroup;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.access.RevocationView;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Who may do what, and groups. */
public final class GrantsClient {
    private static final String GROUP = "/groups/{}";
    private static final String MEMBER = GROUP + "/members/{}";

    private final Rest rest;

    GrantsClient(Rest rest) {
        this.rest = rest;
    }

    /** What was granted to somebody, on something, or both. */
    public List<GrantView> list(@Nullable GranteeView to, @Nullable ObjectPath on) {
        return Pages.all(token -> {
            Call call = rest.get("/grants")
                    .query("granteeKind", to == null ? null : to.kind())
                    .query("grantee", to == null ? null : to.name())
                    .query("objectKind", on == null ? null : on.kind())
                    .query("pageSize", Pages.LARGEST)
                    .query("pageToken", token);
            for (String part : on == null ? List.<String>of() : on.path()) {
                call.query("object", part);
            }
            return call.asPage(GrantView.class);
        });
    }

    public void grant(NewGrant grant) {
        rest.post("/grants").body(grant).send();
    }

    /** Takes back what was granted or denied. */
    public RevocationView revoke(NewGrant grant) {
        return rest.post("/revocations").body(grant).as(RevocationView.class);
    }

    public List<GroupView> groups() {
        return Pages.all(token -> rest.get("/groups").asPage(GroupView.class));
    }

    public GroupView create(NewGroup group) {
        return rest.post("/groups").body(group).as(GroupView.class);
    }

    public void delete(String group) {
        rest.delete(GROUP, group).send();
    }

    /** Their names. */
    public List<String> members(String group) {
        return Pages.all(token -> rest.get(GROUP + "/members", group).asPage(String.class));
    }

    public void add(String group, String user) {
        rest.put(MEMBER, group, user).send();
    }

    public void remove(String group, String user) {
        rest.delete(MEMBER, group, user).send();
    }
}
