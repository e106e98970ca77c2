package io.millrace.server.access;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the SQL gateway shows for whom it plans: a secret that is made for one session, analysis or submission, and ends
 * with it, or when the token or browser session that asked for it is revoked, or its principal disabled. The gateway has
 * no other way to say whose rights count.
 */
public interface Capabilities {
    /** One for the caller at hand; it ends with what proved the caller, at the latest. */
    Capability ofCaller(Duration lifetime);

    /** Lends one for the caller at hand. */
    <T> T duringCall(Function<String, T> call);

    /** Lends one for somebody who does not call just now, such as who wrote a job. */
    <T> T during(UUID principal, Function<String, T> call);

    /** The same, good for these tables and functions only, which are named by their keys, and for no change. */
    <T> T during(UUID principal, Optional<Set<String>> objects, Function<String, T> call);

    /** Lends one for what the system itself wants to know; nothing is kept from it. */
    <T> T duringWork(Function<String, T> call);

    /** Ends one; nothing happens if it has ended. */
    void end(Capability capability);

    /**
     * Stands for somebody until it ends.
     *
     * @param secret shown to the gateway only
     */
    record Capability(UUID id, String secret) {
        @Override
        public String toString() {
            return "capability " + id;
        }
    }
}
