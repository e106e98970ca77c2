package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * The first user to be made, an administrator. Never prints secrets.
 *
 * @param token what the server printed at its start
 */
public record NewSetup(
        @Nullable String token,
        @Nullable String name,
        @Nullable String password) {
    @Override
    public String toString() {
        return "NewSetup[token=***, name=" + name + ", password=***]";
    }
}
