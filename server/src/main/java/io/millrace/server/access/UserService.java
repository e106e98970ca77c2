package io.millrace.server.access;

import io.millrace.core.access.OidcIdentity;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalKind;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.PrincipalStore;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** Use cases on users and service accounts. */
public final class UserService {
    private final PrincipalStore store;
    private final Passwords passwords;
    private final Clock clock;

    UserService(PrincipalStore store, Passwords passwords, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.clock = clock;
    }

    List<Principal> list(String text, String after, int limit) {
        return store.list(text, after, limit);
    }

    Principal get(PrincipalName name) {
        return store.find(name)
                .orElseThrow(
                        () -> new MillraceException(ErrorCode.PRINCIPAL_NOT_FOUND, "There is no user '" + name + "'."));
    }

    Principal create(
            PrincipalName name,
            PrincipalKind kind,
            String comment,
            boolean admin,
            Optional<String> password,
            String by) {
        if (kind == PrincipalKind.SERVICE && password.isPresent()) {
            throw noPasswordForServices();
        }
        Optional<String> hash = password.map(text -> passwords.hash(Passwords.checked(text, name.value())));
        Principal made = principal(name, kind, comment, admin, by, Optional.empty());
        if (!store.insert(made, hash)) {
            throw new MillraceException(
                    ErrorCode.PRINCIPAL_EXISTS,
                    "There is a user '" + name + "' already.",
                    List.of(Flaw.at("/name", "is taken")));
        }
        return made;
    }

    /** Makes the first user of all, an administrator; empty when there has been one. */
    Optional<Principal> createFirst(PrincipalName name, Optional<String> password) {
        Optional<String> hash = password.map(text -> passwords.hash(Passwords.checked(text, name.value())));
        Principal first = principal(name, PrincipalKind.USER, "", true, name.value(), Optional.empty());
        return store.insertFirst(first, hash) ? Optional.of(first) : Optional.empty();
    }

    /**
     * Makes the user whom an OpenID provider names; empty when the name or the identity is somebody's, and before the first
     * user, who is to be an administrator.
     */
    Optional<Principal> create(PrincipalName name, OidcIdentity identity) {
        Principal made = principal(name, PrincipalKind.USER, "", false, name.value(), Optional.of(identity));
        return store.any() && store.insert(made, Optional.empty()) ? Optional.of(made) : Optional.empty();
    }

    /**
     * Changes what is given.
     *
     * @param identity from whom the user is linked to, to whom it is to be
     * @param expected fails when the version is not the one that the caller read
     */
    Principal change(
            PrincipalName name,
            Optional<String> comment,
            Optional<Boolean> admin,
            Optional<Boolean> disabled,
            UnaryOperator<Optional<OidcIdentity>> identity,
            LongConsumer expected) {
        Principal current = get(name);
        expected.accept(current.version());
        Optional<OidcIdentity> linked = identity.apply(current.identity());
        if (current.kind() == PrincipalKind.SERVICE && linked.isPresent()) {
            throw new MillraceException(
                    ErrorCode.PRINCIPAL_INVALID,
                    "A service account has tokens and does not sign in.",
                    List.of(Flaw.at("/oidcSubject", "not for service accounts")));
        }
        Principal next = new Principal(
                current.id(),
                name,
                current.kind(),
                comment.orElse(current.comment()),
                admin.orElse(current.admin()),
                disabled.orElse(current.disabled()),
                current.version() + 1,
                current.createdBy(),
                current.createdAt(),
                linked);
        check(store.replace(next), name);
        return next;
    }

    void delete(PrincipalName name, LongConsumer expected) {
        Principal current = get(name);
        expected.accept(current.version());
        check(store.delete(current), name);
    }

    /**
     * Sets a password, ends the user's sessions and revokes its tokens: whoever had the old one may have made some.
     *
     * @param current what the user has to prove that it is the one; empty when an administrator sets it
     */
    void setPassword(Principal user, Optional<String> current, String wanted) {
        if (user.kind() == PrincipalKind.SERVICE) {
            throw noPasswordForServices();
        }
        Optional<String> known = store.passwordHash(user.id());
        if (current.isPresent() && !passwords.matches(current.get(), known)) {
            throw new MillraceException(
                    ErrorCode.PASSWORD_INVALID,
                    "The current password is another one.",
                    List.of(Flaw.at("/current", "is not the password")));
        }
        store.setPassword(
                user.id(), passwords.hash(Passwords.checked(wanted, user.name().value())));
    }

    private Principal principal(
            PrincipalName name,
            PrincipalKind kind,
            String comment,
            boolean admin,
            String by,
            Optional<OidcIdentity> identity) {
        return new Principal(UUID.randomUUID(), name, kind, comment, admin, false, 1, by, clock.instant(), identity);
    }

    private static void check(PrincipalStore.Change change, PrincipalName name) {
        switch (change) {
            case DONE -> {}
            case STALE ->
                throw new MillraceException(
                        ErrorCode.STALE_VERSION, "The user '" + name + "' changed meanwhile; read it again.");
            case IDENTITY_TAKEN ->
                throw new MillraceException(
                        ErrorCode.IDENTITY_TAKEN,
                        "Another user is linked to this subject; unlink that one first.",
                        List.of(Flaw.at("/oidcSubject", "is another user's")));
            case LAST_ADMIN ->
                throw new MillraceException(
                        ErrorCode.LAST_ADMIN,
                        "'" + name + "' is the only administrator who can sign in; make another one first.");
        }
    }

    private static MillraceException noPasswordForServices() {
        return new MillraceException(
                ErrorCode.PASSWORD_INVALID,
                "A service account has tokens and no password.",
                List.of(Flaw.at("/password", "not for service accounts")));
    }
}
