package io.millrace.core.access;

import java.util.List;
import java.util.Set;

/** What one caller may do, as it stood at one moment. */
public interface Rights {
    /** Of the system itself, and of administrators. */
    Rights ALL = new Fixed(true);

    /** Of nobody. */
    Rights NONE = new Fixed(false);

    /** Whether nothing is kept from the caller. */
    boolean all();

    boolean may(Privilege privilege, Securable object);

    /**
     * Whether the caller may know that something which holds others is there: a privilege on it, or on something below
     * it, says so. What holds nothing is there for those who may {@link Privilege#DESCRIBE} it.
     */
    boolean sees(Securable object);

    /** The keys of what is below and on which something was granted or denied; all else below is as the object itself. */
    Set<String> below(Securable object);

    /** The keys of the object and of what it is in, from the nearest, on which the privilege is denied. */
    List<String> denials(Privilege privilege, Securable object);

    /** The same answer to every question. */
    record Fixed(boolean all) implements Rights {
        @Override
        public boolean may(Privilege privilege, Securable object) {
            return all;
        }

        @Override
        public boolean sees(Securable object) {
            return all;
        }

        @Override
        public Set<String> below(Securable object) {
            return Set.of();
        }

        @Override
        public List<String> denials(Privilege privilege, Securable object) {
            return List.of();
        }
    }
}
