package io.millrace.core.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps groups and who is in them. */
public interface GroupStore {
    /** False when there is a group of this name. */
    boolean insert(Group group);

    /** Deletes a group with what was granted to it. */
    void delete(UUID group);

    Optional<Group> find(PrincipalName name);

    /** Sorted by name. */
    List<Group> list();

    /** The names of those in a group, sorted. */
    List<String> members(UUID group);

    /** Nothing happens if it is in already. */
    void add(UUID group, UUID principal);

    /** Nothing happens if it is not in. */
    void remove(UUID group, UUID principal);
}
