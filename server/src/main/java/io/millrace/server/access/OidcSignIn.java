package io.millrace.server.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.millrace.api.access.OidcAnswer;
import io.millrace.core.access.OidcIdentity;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.PrincipalStore;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.OidcAttempts.Attempt;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How browsers get in by an OpenID provider. Who somebody is, is what the provider calls its subject; the name there only
 * names users who are made.
 */
final class OidcSignIn {
    /** The error codes of OAuth; other texts are not repeated. */
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,60}");

    private final Optional<OidcProvider> provider;
    private final AccessConfig.Oidc config;
    private final OidcAttempts attempts;
    private final PrincipalStore principals;
    private final UserService users;
    private final Clock clock;

    /** {@code provider} is empty when people sign in without one. */
    OidcSignIn(
            Optional<OidcProvider> provider,
            AccessConfig.Oidc config,
            OidcAttempts attempts,
            PrincipalStore principals,
            UserService users,
            Clock clock) {
        this.provider = provider;
        this.config = config;
        this.attempts = attempts;
        this.principals = principals;
        this.users = users;
        this.clock = clock;
    }

    /** What people call the provider; empty when there is none. */
    Optional<String> name() {
        return provider.map(found -> found.client().name());
    }

    /** Sends a browser to the provider; {@code self} is the address by which the browser knows this server. */
    Start begin(URI self) {
        OidcProvider found = required();
        URI redirect = found.client().redirect();
        if (!redirect.getHost().equalsIgnoreCase(self.getHost())) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    found.client().name() + " sends browsers back to " + redirect.getHost()
                            + "; open the console there to sign in.");
        }
        Attempt attempt = Attempt.random();
        String address = found.address(attempt);
        String browser = BearerSecret.random();
        attempts.add(browser, attempt, clock.instant());
        return new Start(address, browser);
    }

    /**
     * Who came back. Once for each {@link #begin}, whatever comes of it.
     *
     * @param browser the secret that begin gave to the browser; null when it has none
     */
    Principal finish(@Nullable String browser, OidcAnswer answer) {
        OidcProvider found = required();
        Attempt attempt = Optional.ofNullable(browser)
                .flatMap(secret -> attempts.take(secret, clock.instant()))
                .filter(begun -> same(begun.state(), String.valueOf(answer.state())))
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.NOT_SIGNED_IN,
                        "This sign-in did not begin in this browser, took longer than "
                                + OidcAttempts.LIFETIME.toMinutes()
                                + " minutes, or was used before; sign in once more."));
        if (answer.error() != null || answer.code() == null) {
            String error = String.valueOf(answer.error());
            String reason = ERROR.matcher(error).matches() ? ": " + error + "." : ".";
            throw new MillraceException(
                    ErrorCode.NOT_SIGNED_IN, found.client().name() + " did not sign you in" + reason);
        }
        JWTClaimsSet claims = found.redeem(answer.code(), attempt);
        OidcIdentity identity = identity(found, claims);
        requireMember(claims);
        Principal user = principals.find(identity).orElseGet(() -> unknown(identity, claims));
        if (user.disabled()) {
            throw refused("The user '" + user.name() + "' is disabled; an administrator can change that.");
        }
        return user;
    }

    /** Whom the provider calls by this subject; empty for the empty subject. For users who are linked. */
    Optional<OidcIdentity> identity(String subject) {
        OidcProvider found = provider.orElseThrow(() -> flaw("This server has no OpenID provider"));
        if (subject.length() > OidcIdentity.LONGEST_SUBJECT) {
            throw flaw("A subject has at most " + OidcIdentity.LONGEST_SUBJECT + " characters");
        }
        return subject.isEmpty()
                ? Optional.empty()
                : Optional.of(new OidcIdentity(found.client().issuer().toString(), subject));
    }

    private static OidcIdentity identity(OidcProvider provider, JWTClaimsSet claims) {
        String subject = claims.getSubject();
        if (subject.isEmpty() || subject.length() > OidcIdentity.LONGEST_SUBJECT) {
            throw new MillraceException(
                    ErrorCode.NOT_SIGNED_IN,
                    "The id token of " + provider.client().name() + " has a subject that cannot be one.");
        }
        return new OidcIdentity(provider.client().issuer().toString(), subject);
    }

    private void requireMember(JWTClaimsSet claims) {
        if (config.requiredClaim().isEmpty()) {
            return;
        }
        String wanted = config.requiredValue().orElseThrow();
        Object has = claims.getClaim(config.requiredClaim().get());
        boolean member = has instanceof Collection<?> several ? several.contains(wanted) : wanted.equals(has);
        if (!member) {
            throw refused("Only who has '" + wanted + "' in '"
                    + config.requiredClaim().get() + "' gets in here; whoever looks after "
                    + name().orElse("") + " can add you.");
        }
    }

    private Principal unknown(OidcIdentity identity, JWTClaimsSet claims) {
        PrincipalName name = name(claims);
        if (config.createUsers()) {
            // Who signs in twice at the same time is found by the second one.
            Optional<Principal> made = users.create(name, identity).or(() -> principals.find(identity));
            if (made.isPresent()) {
                return made.get();
            }
        }
        String link = "links it to you: `millrace access users alter " + name
                + " --oidc-subject SUBJECT`, with your subject '" + identity.subject() + "'.";
        throw refused(
                principals.find(name).isPresent()
                        ? "There is a user '" + name + "' who is not linked to you. If it is yours, an administrator "
                                + link
                        : "Millrace does not know you. An administrator makes a user and " + link);
    }

    private PrincipalName name(JWTClaimsSet claims) {
        try {
            if (claims.getClaim(config.nameClaim()) instanceof String name) {
                return new PrincipalName(name.toLowerCase(Locale.ROOT));
            }
        } catch (MillraceException e) {
            throw unnamed(e);
        }
        throw unnamed(null);
    }

    private MillraceException unnamed(@Nullable MillraceException cause) {
        return new MillraceException(
                ErrorCode.SIGN_IN_REFUSED,
                "The claim '" + config.nameClaim()
                        + "' cannot name a user of Millrace; an administrator chooses another one"
                        + " by millrace.access.oidc.name-claim.",
                cause);
    }

    private OidcProvider required() {
        return provider.orElseThrow(
                () -> new MillraceException(ErrorCode.NOT_FOUND, "This server has no OpenID provider to sign in by."));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static MillraceException refused(String why) {
        return new MillraceException(ErrorCode.SIGN_IN_REFUSED, why);
    }

    private static MillraceException flaw(String why) {
        return new MillraceException(
                ErrorCode.PRINCIPAL_INVALID, why + ".", List.of(Flaw.at("/oidcSubject", "cannot be used")));
    }

    /**
     * Where the browser goes.
     *
     * @param browser the secret that it has to come back with
     */
    record Start(String address, String browser) {
        @Override
        public String toString() {
            return "Start[***]";
        }
    }
}
