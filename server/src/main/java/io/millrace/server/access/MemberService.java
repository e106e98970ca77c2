package io.millrace.server.access;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Grantee;
import io.millrace.core.access.Member;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Role;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Caller;

import java.time.Clock;
import java.util.List;

/** Who has which role in a workspace that the caller may see. What a role is, {@link SqlGrantStore} adds to the grants. */
public final class MemberService {
    private final SqlMemberStore store;
    private final GroupService groups;
    private final Guard guard;
    private final Caller caller;
    private final Clock clock;

    MemberService(SqlMemberStore store, GroupService groups, Guard guard, Caller caller, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.groups = requireNonNull(groups, "groups");
        this.guard = requireNonNull(guard, "guard");
        this.caller = requireNonNull(caller, "caller");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Users, then groups, by name. */
    public List<Member> list(Securable workspace) {
        guard.require(Privilege.DESCRIBE, workspace);
        return store.list(workspace);
    }

    /** Gives somebody a role, instead of the one that it may have. Takes what granting the role's privileges takes. */
    public void put(Securable workspace, Grantee.Kind kind, String name, Role role) {
        guard.require(Privilege.GRANT, workspace);
        role.privileges().forEach(privilege -> guard.require(privilege, workspace));
        store.put(workspace, new Member(grantee(kind, name), role, caller.name(), clock.instant()));
    }

    /** Takes the role back, and what the member was granted on the workspace and on what is in it. */
    public void remove(Securable workspace, Grantee.Kind kind, String name) {
        guard.require(Privilege.GRANT, workspace);
        Grantee member = grantee(kind, name);
        if (!store.remove(workspace, member)) {
            throw new MillraceException(
                    ErrorCode.MEMBER_NOT_FOUND,
                    member + " is no member of " + workspace + " by name; `millrace workspace members "
                            + workspace.name() + "` lists who is.");
        }
    }

    /** Makes the caller the owner of what it has made. */
    public void own(Securable made) {
        Principal owner = caller.principal();
        var who = new Grantee(Grantee.Kind.USER, owner.id(), owner.name().value());
        store.put(made, new Member(who, Role.OWNER, caller.name(), clock.instant()));
        caller.renewRights();
    }

    /** Whom a name means; PRINCIPAL_NOT_FOUND or GROUP_NOT_FOUND when there is nobody of it. */
    public Grantee grantee(Grantee.Kind kind, String name) {
        return groups.grantee(kind, AccessViews.known(name));
    }
}
