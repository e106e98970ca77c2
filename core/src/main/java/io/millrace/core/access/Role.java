package io.millrace.core.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * What members of a workspace are called after what they may do there. A role counts as grants of its privileges on the
 * workspace; each has those of the ones before it.
 */
public enum Role {
    /** Sees the workspace and its jobs. */
    VIEWER,
    /** Starts and stops its jobs. */
    OPERATOR,
    /** Makes, changes and deletes its jobs. */
    EDITOR,
    /** Says who its members are. */
    OWNER;

    public Set<Privilege> privileges() {
        return switch (this) {
            case VIEWER -> EnumSet.of(Privilege.USE, Privilege.DESCRIBE);
            case OPERATOR -> with(VIEWER, Privilege.OPERATE);
            case EDITOR -> with(OPERATOR, Privilege.CREATE, Privilege.ALTER, Privilege.DROP);
            case OWNER -> with(EDITOR, Privilege.GRANT);
        };
    }

    private static Set<Privilege> with(Role less, Privilege... more) {
        Set<Privilege> all = EnumSet.copyOf(less.privileges());
        all.addAll(Set.of(more));
        return all;
    }
}
