package io.millrace.server.http;

import io.millrace.core.access.Credential;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Proof;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Who makes the request at hand. */
@RequestScoped
public class Caller {
    /** What Millrace's own processes do for people whom they cannot name yet. */
    public static final String LOCAL = "local";

    private @Nullable Proof proof;

    /** Said of the call by who proves it; the record of the call names it. */
    public void is(Proof caller) {
        proof = caller;
    }

    /** The caller, in calls that are open to unknown ones too. */
    Optional<Proof> known() {
        return Optional.ofNullable(proof);
    }

    /** Fails for calls that are open to everybody and that nothing proves. */
    public Principal principal() {
        return proof().principal();
    }

    public Credential credential() {
        return proof().credential();
    }

    /** As written into histories. */
    public String name() {
        return principal().name().value();
    }

    public boolean may(Permission permission) {
        return proof().allows(permission);
    }

    private Proof proof() {
        if (proof == null) {
            throw new MillraceException(ErrorCode.NOT_SIGNED_IN, "Nothing says who makes this call.");
        }
        return proof;
    }
}
