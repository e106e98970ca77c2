package io.millrace.server.access;

import io.millrace.core.access.Grantee;
import io.millrace.core.access.Group;
import io.millrace.core.access.GroupStore;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Use cases on groups. */
public final class GroupService {
    private final GroupStore store;
    private final UserService users;
    private final Clock clock;

    GroupService(GroupStore store, UserService users, Clock clock) {
        this.store = store;
        this.users = users;
        this.clock = clock;
    }

    List<Group> list() {
        return store.list();
    }

    Group get(PrincipalName name) {
        return store.find(name)
                .orElseThrow(
                        () -> new MillraceException(ErrorCode.GROUP_NOT_FOUND, "There is no group '" + name + "'."));
    }

    /** Whom a name means. */
    Grantee grantee(Grantee.Kind kind, PrincipalName name) {
        return new Grantee(
                kind,
                kind == Grantee.Kind.USER ? users.get(name).id() : get(name).id(),
                name.value());
    }

    List<String> members(PrincipalName name) {
        return store.members(get(name).id());
    }

    Group create(PrincipalName name, String comment, String by) {
        Group made = new Group(UUID.randomUUID(), name, comment, by, clock.instant());
        if (!store.insert(made)) {
            throw new MillraceException(
                    ErrorCode.GROUP_EXISTS,
                    "There is a group '" + name + "' already.",
                    List.of(Flaw.at("/name", "is taken")));
        }
        return made;
    }

    void delete(PrincipalName name) {
        store.delete(changeable(name).id());
    }

    void add(PrincipalName group, PrincipalName member) {
        store.add(changeable(group).id(), users.get(member).id());
    }

    void remove(PrincipalName group, PrincipalName member) {
        store.remove(changeable(group).id(), users.get(member).id());
    }

    private Group changeable(PrincipalName name) {
        Group group = get(name);
        if (group.id().equals(Group.EVERYONE)) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "Everybody is in group '" + name + "'; it stays as it is.");
        }
        return group;
    }
}
