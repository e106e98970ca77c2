package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * A user to be made. Never prints the password.
 *
 * @param kind a person when it is left out
 * @param password a user without one signs in with a token only
 */
public record NewUser(
        @Nullable String name,
        @Nullable UserKind kind,
        @Nullable String comment,
        @Nullable Boolean admin,
        @Nullable String password) {
    @Override
    public String toString() {
        return "NewUser[name=" + name + ", kind=" + kind + ", comment=" + comment + ", admin=" + admin
                + ", password=***]";
    }
}
