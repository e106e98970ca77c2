package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * Who wants to sign in: by name and password, by the code of a link, or by an OpenID provider. Never prints secrets.
 *
 * @param code of a link that `millrace console` prints
 * @param oidc of the provider to which the same browser was sent
 */
public record NewSession(
        @Nullable String name,
        @Nullable String password,
        @Nullable String code,
        @Nullable OidcAnswer oidc) {
    @Override
    public String toString() {
        return "NewSession[name=" + name + ", password=***, code=***, oidc=" + oidc + "]";
    }
}
