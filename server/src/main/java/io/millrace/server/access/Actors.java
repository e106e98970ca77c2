package io.millrace.server.access;

import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.PrincipalStore;
import io.millrace.core.access.Rights;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** What those may do for whom Millrace does something although they do not call just now. */
public final class Actors {
    private final PrincipalStore principals;
    private final Authorizer authorizer;
    private final GrantStore grants;
    private final Clock clock;

    Actors(PrincipalStore principals, Authorizer authorizer, GrantStore grants, Clock clock) {
        this.principals = principals;
        this.authorizer = authorizer;
        this.grants = grants;
        this.clock = clock;
    }

    /** Decides by what is granted to it now; ACCESS_DENIED when it is gone or disabled. */
    public Guard guard(UUID id, String name) {
        Principal principal = principals
                .find(new PrincipalName(name))
                .filter(found -> found.id().equals(id) && !found.disabled())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.ACCESS_DENIED,
                        "'" + name + "', with whose rights this is done, is gone or disabled."));
        var rights = new AtomicReference<Rights>(newest(principal));
        return new Guard(
                rights::get, () -> principal, () -> rights.set(newest(principal)), hidden -> {}, grants, clock);
    }

    private Rights newest(Principal principal) {
        return authorizer.rights(principal, Long.MAX_VALUE);
    }
}
