package io.millrace.core.access;

import io.millrace.core.access.Securable.Kind;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Some kinds of things on which privileges are granted, as whoever keeps them knows them. */
public interface Securables {
    Set<Kind> kinds();

    /**
     * What has this name now, if the caller may know that it is there.
     *
     * @param path the parts of the name, such as catalog, database and table
     */
    Optional<Securable> find(Kind kind, List<String> path);

    /** The same with the name that it has now; as it is when it is gone. */
    Securable named(Securable object);
}
