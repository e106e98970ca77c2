package io.millrace.server.http;

import io.millrace.core.access.Credential;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Proof;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Who makes the request at hand, or for whom one of our own processes makes it. */
@RequestScoped
public class Caller {
    /** Asked at the first question: the caller of a request is known before there is anything to ask about. */
    private final Instance<Authenticator> authenticator;

    private @Nullable Proof proof;
    private @Nullable Bearer bearer;
    private Supplier<Optional<Proof>> proving = Optional::empty;
    private String from = "";
    private final Set<Securable> hidden = new LinkedHashSet<>();

    Caller(Instance<Authenticator> authenticator) {
        this.authenticator = authenticator;
    }

    /** Said of the call by who proves it; the record of the call names it. */
    public void is(Proof caller) {
        proof = caller;
    }

    /** Of a caller at this address that {@code again} proves once more later. */
    void is(Proof caller, Supplier<Optional<Proof>> again, String address) {
        proof = caller;
        proving = again;
        from = address;
    }

    void is(Bearer process) {
        bearer = process;
        from = process.from();
    }

    /** The caller, in calls that are open to unknown ones too. */
    Optional<Proof> known() {
        return Optional.ofNullable(proof);
    }

    /** Fails for calls that are open to everybody and that nothing proves. */
    public Principal principal() {
        return bearer == null ? proof().principal() : bearer.principal().orElseThrow(Caller::unknown);
    }

    public Credential credential() {
        return proof().credential();
    }

    /** For what goes on after the request at hand was taken. */
    public Standing standing() {
        return new Standing(proving, authenticator.get());
    }

    /** The address from which the call came, or the one for which a process makes it; empty when nobody called. */
    public String from() {
        return from;
    }

    /** Said of what the caller asked for by name and is not shown. */
    public void asked(Securable kept) {
        hidden.add(kept);
    }

    /** What the caller asked for by name during this call and is not shown. */
    Set<Securable> hidden() {
        return Set.copyOf(hidden);
    }

    /** As written into histories. */
    public String name() {
        return bearer == null ? principal().name().value() : bearer.name();
    }

    public boolean may(Permission permission) {
        return (proof == null && bearer != null) ? bearer.allows(permission) : proof().allows(permission);
    }

    /** What the caller may do with which object. */
    public Rights rights() {
        if (bearer == null) {
            Rights rights = authenticator.get().rights(principal(), proof().epoch());
            bearer = new Bearer(
                    name(), Optional.of(principal()), rights, credential().scope(), from);
        }
        return bearer.rights();
    }

    /** Has what follows count what the caller was granted during this call. */
    public void renewRights() {
        Rights before = rights();
        if (!before.all()) {
            Rights now = authenticator.get().rights(principal(), Long.MAX_VALUE);
            bearer = new Bearer(
                    name(),
                    Optional.of(principal()),
                    now,
                    Objects.requireNonNull(bearer).scope(),
                    from);
        }
    }

    private Proof proof() {
        if (proof == null) {
            throw unknown();
        }
        return proof;
    }

    private static MillraceException unknown() {
        return new MillraceException(ErrorCode.NOT_SIGNED_IN, "Nothing says who makes this call.");
    }
}
