package io.millrace.server.access;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Somebody's rights as far as they are about what was decided before: these tables and functions, and what is needed to
 * run over them. Nothing is changed or given away with them.
 */
final class BoundRights implements Rights {
    private static final Set<Privilege> RUNNING = EnumSet.of(
            Privilege.USE,
            Privilege.DESCRIBE,
            Privilege.READ,
            Privilege.WRITE,
            Privilege.EXECUTE,
            Privilege.INLINE_CONNECTOR);

    private final Rights rights;
    private final Set<String> objects;

    /** {@code objects} are keys of tables and functions. */
    BoundRights(Rights rights, Set<String> objects) {
        this.rights = requireNonNull(rights, "rights");
        this.objects = Set.copyOf(objects);
    }

    @Override
    public boolean all() {
        return false;
    }

    @Override
    public boolean may(Privilege privilege, Securable object) {
        return RUNNING.contains(privilege) && isBound(object) && rights.may(privilege, object);
    }

    @Override
    public boolean sees(Securable object) {
        return isBound(object) && rights.sees(object);
    }

    @Override
    public Set<String> below(Securable object) {
        return rights.below(object);
    }

    @Override
    public List<String> denials(Privilege privilege, Securable object) {
        return rights.denials(privilege, object);
    }

    private boolean isBound(Securable object) {
        return switch (object.kind()) {
            case TABLE, FUNCTION -> objects.contains(object.key());
            case SERVER, CATALOG, DATABASE, CONNECTION, WORKSPACE, JOB -> true;
        };
    }
}
