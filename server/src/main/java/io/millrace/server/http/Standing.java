package io.millrace.server.http;

import io.millrace.core.access.Permission;
import io.millrace.core.access.Proof;
import io.millrace.core.access.Rights;

import java.util.Optional;
import java.util.function.Supplier;

/** Who makes a call that goes on after its request was taken. Asked again and again: rights and tokens come and go. */
public final class Standing {
    private final Supplier<Optional<Proof>> proving;
    private final Authenticator authenticator;

    Standing(Supplier<Optional<Proof>> proving, Authenticator authenticator) {
        this.proving = proving;
        this.authenticator = authenticator;
    }

    /** What the caller may do now; empty when nothing proves it any more, or its token does not allow the call. */
    public Optional<Rights> rights(Permission needed) {
        return proving.get()
                .filter(proof -> proof.allows(needed))
                .map(proof -> authenticator.rights(proof.principal(), proof.epoch()));
    }
}
