package io.millrace.server.http;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Principal;
import io.millrace.core.access.Rights;

import java.util.Optional;

/**
 * For whom one of Millrace's own processes calls.
 *
 * @param name as written into histories
 * @param principal empty for the system itself, and for nobody
 */
public record Bearer(String name, Optional<Principal> principal, Rights rights) {
    /** The system itself. */
    public static final Bearer SYSTEM = new Bearer("system", Optional.empty(), Rights.ALL);

    /** A process that does not say for whom it calls. */
    static final Bearer NOBODY = new Bearer("nobody", Optional.empty(), Rights.NONE);

    public Bearer {
        requireNonNull(name, "name");
        requireNonNull(principal, "principal");
        requireNonNull(rights, "rights");
    }
}
