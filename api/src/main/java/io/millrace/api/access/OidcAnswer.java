package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * What an OpenID provider sent a browser back with. Never prints secrets.
 *
 * @param code null when the provider refused
 * @param error why it did
 */
public record OidcAnswer(
        @Nullable String state,
        @Nullable String code,
        @Nullable String error) {
    @Override
    public String toString() {
        return "OidcAnswer[state=***, code=***, error=" + error + "]";
    }
}
