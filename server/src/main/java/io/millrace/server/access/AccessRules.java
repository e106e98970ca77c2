package io.millrace.server.access;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Caller;

/** What a token that is limited may never do. */
final class AccessRules {
    private AccessRules() {}

    /** Fails for a token with a scope, which would otherwise get by this what it may not do itself. */
    static void unlimited(Caller caller, String what) {
        if (!caller.credential().scope().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED, "A token with a scope " + what + ": they could do more than it.");
        }
    }
}
