package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

/**
 * Who somebody is at an OpenID provider. Unlike a name there, it is never given to somebody else.
 *
 * @param issuer the provider, as it calls itself
 * @param subject the user, within that provider
 */
public record OidcIdentity(String issuer, String subject) {
    /** The longest subject that the specification allows. */
    public static final int LONGEST_SUBJECT = 255;

    public OidcIdentity {
        requireNonNull(issuer, "issuer");
        requireNonNull(subject, "subject");
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("a subject has 1 to " + LONGEST_SUBJECT + " characters");
        }
    }
}
