package io.millrace.server.http;

import io.millrace.core.access.Principal;
import io.millrace.core.access.Proof;
import io.millrace.core.access.Rights;

import java.util.Optional;

/** Tells who calls from what a call carries. Asked for each call, so what was revoked is refused at once. */
public interface Authenticator {
    /** Whom the secret of an {@code Authorization: Bearer} header proves; empty when nobody. */
    Optional<Proof> bearer(String secret);

    /** Whom the secret of a browser's session cookie proves; empty when nobody. */
    Optional<Proof> session(String secret);

    /** For whom a process calls that shows this capability; empty when it stands for nobody. */
    Optional<Bearer> capability(String secret);

    /**
     * What a principal may do.
     *
     * @param epoch that of the grants now, or the largest number to have them read again
     */
    Rights rights(Principal principal, long epoch);
}
