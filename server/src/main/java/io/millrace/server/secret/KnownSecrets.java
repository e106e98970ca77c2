package io.millrace.server.secret;

import java.util.Set;

/** The values that must not be seen. Implemented by who keeps secrets, so that this feature need not know them. */
public interface KnownSecrets {
    /** As they are now; what cannot be opened is left out. Go into no log or answer. */
    Set<String> values();
}
