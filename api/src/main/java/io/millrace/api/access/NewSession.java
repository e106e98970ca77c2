package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * Who wants to sign in: by name and password, or by the code of a link. Never prints secrets.
 *
 * @param code of a link that `millrace console` prints
 */
public record NewSession(
        @Nullable String name,
        @Nullable String password,
        @Nullable String code) {
    @Override
    public String toString() {
        return "NewSession[name=" + name + ", password=***, code=***]";
    }
}
