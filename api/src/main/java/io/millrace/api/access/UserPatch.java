package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * What changes of a user; what is left out stays.
 *
 * @param oidcSubject whom the server's OpenID provider has to name for a browser to sign in as the user; empty for nobody
 */
public record UserPatch(
        @Nullable String comment,
        @Nullable Boolean admin,
        @Nullable Boolean disabled,
        @Nullable String oidcSubject) {}
