package io.millrace.core.access;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps grants. Each change of somebody's grants, groups or roles raises that principal's epoch, which every call reads:
 * what a process derived from grants is good for as long as the epoch is the same.
 */
public interface GrantStore {
    /** Those of a principal and of its groups, complete, and the epoch at which they are so. */
    Rules rules(UUID principal);

    /** Adds grants; those that are there already stay as they are. */
    void add(Collection<Grant> grants);

    /**
     * Removes grants of any of these.
     *
     * @return how many there were
     */
    int remove(Collection<Grantee> from, Securable on, Collection<Privilege> privileges, Effect effect);

    /** Sorted by object, grantee, privilege. Empty arguments leave nothing out. */
    List<Grant> list(Optional<Grantee> to, Optional<Securable> on, long offset, int limit);

    /**
     * Who was given both GRANT and this privilege for an object, and was denied neither, by name; some of them. Who has
     * one of the two by a group is not among them.
     */
    List<Grantee> grantors(Securable on, Privilege wanted);

    /** What counts for one principal. */
    record Rules(long epoch, List<Rule> rules) {
        public Rules {
            rules = List.copyOf(rules);
        }
    }
}
